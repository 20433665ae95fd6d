/** Runs the specs of one folder of test/ that need more than `npm ci`: scripts/test.ts <kind>. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Requirements } from '../test/support/requirements';

const EXIT_MISUSE = 2;
const KINDS = readdirSync('test').filter((folder) => existsSync(join('test', folder, 'jest.config.js')));

const HELP = `npm run test:<kind> -- [options] [options and files of Jest]
npm run test:<kind> -- --help   says what that kind needs

Kinds: ${KINDS.join(', ')}

Specs that need something that this machine lacks are not run; that is a failure only if CI is set.`;

async function main(kind: string | undefined, args: string[]): Promise<number> {
  if (kind === '--help') return say(HELP);
  if (kind === undefined || !KINDS.includes(kind)) {
    return say(`There is no kind of tests called ${kind ?? '""'}.\n${HELP}`, EXIT_MISUSE);
  }
  const { requirements } = (await import(`../test/${kind}/requirements`)) as { requirements: Requirements };
  if (args.includes('--help')) return say(helpOn(kind, requirements));
  const missing = await requirements.missing();
  if (missing.length === 0) return runJest(kind, args, requirements);
  const required = process.env['CI'] !== undefined;
  const outcome = required ? 'cannot run' : 'were NOT RUN';
  return say(
    `The ${kind} specs ${outcome}. Missing: ${missing.join(', ')}. ${needsOf(requirements)}`,
    required ? 1 : 0,
  );
}

function runJest(kind: string, args: readonly string[], { options = {} }: Requirements): number {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.keys(options).map((name) => [name, { type: 'string' }] as const)),
    strict: false,
    tokens: true,
  });
  const ours = tokens.flatMap((token) =>
    token.kind !== 'option' || options[token.name] === undefined
      ? []
      : [token.index, token.inlineValue === false ? token.index + 1 : token.index],
  );
  const given = Object.entries(options).flatMap(([name, { variable }]) =>
    typeof values[name] === 'string' ? [[variable, values[name]] as const] : [],
  );
  const jest = [require.resolve('jest/bin/jest'), '--config', join('test', kind, 'jest.config.js')];
  const { status } = spawnSync(process.execPath, [...jest, ...args.filter((_, i) => !ours.includes(i))], {
    stdio: 'inherit',
    env: { ...process.env, ...Object.fromEntries(given) },
  });
  return status ?? 1;
}

function helpOn(kind: string, requirements: Requirements): string {
  const options = Object.entries(requirements.options ?? {});
  const lines = options.map(
    ([name, { means, variable }]) => `  --${name} <n>  ${means}; ${variable} in the environment`,
  );
  return [`npm run test:${kind} -- [options] [options and files of Jest]`, ...lines, needsOf(requirements)].join('\n');
}

function needsOf({ needs, remedy }: Requirements): string {
  return [`They need ${needs}.`, ...remedy.map((line) => `  ${line}`)].join('\n');
}

function say(text: string, exitCode = 0): number {
  console.log(text);
  return exitCode;
}

const [kind, ...args] = process.argv.slice(2);
void main(kind, args).then((exitCode) => (process.exitCode = exitCode));
