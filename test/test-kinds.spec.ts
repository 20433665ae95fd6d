import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../package.json';
import type { Requirements } from './support/requirements';

const scripts = packageJson.scripts as Record<string, string>;
const KINDS = readdirSync(__dirname).filter((folder) => existsSync(join(__dirname, folder, 'jest.config.js')));

function runTests(args: string[], environment: Record<string, string> = {}) {
  const { status, stdout } = spawnSync(process.execPath, ['-r', '@swc-node/register', 'scripts/test.ts', ...args], {
    // No program is found: whatever a kind needs is missing.
    env: { PATH: '/nowhere', ...environment },
    encoding: 'utf8',
  });
  return { status, stdout };
}

describe('npm run test:<kind>', () => {
  it('refuses a kind that does not exist and lists those that do', () => {
    const { status, stdout } = runTests(['support']);
    expect(status).toBe(2);
    for (const kind of KINDS) expect(stdout).toContain(kind);
  });

  it.each(KINDS)('has requirements for %s and a script', async (kind) => {
    const { requirements } = (await import(`./${kind}/requirements`)) as { requirements: Requirements };
    expect(await requirements.missing()).toEqual(expect.any(Array));
    expect(scripts[`test:${kind}`]).toMatch(new RegExp(`scripts/test.ts ${kind}$`));
  });

  it('explains the options of a kind', () => {
    const { status, stdout } = runTests(['chaos', '--help']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/--faults <n>.*--seed <n>/s)]);
  });

  it('says what is missing and how to get it, which is a failure in CI only', () => {
    const outcomes = [{}, { CI: 'true' }].map((environment) => runTests(['redis'], environment));
    expect(outcomes.map(({ status }) => status)).toEqual([0, 1]);
    for (const { stdout } of outcomes) expect(stdout).toMatch(/redis-server.*apt-get install/s);
  });

  it('gives the options of a kind to its specs, and all else to Jest', () => {
    const { status, stdout } = runTests(['chaos', '--faults', '2', '--listTests', '--seed=7', 'test/chaos/kill'], {
      PATH: process.env['PATH'] ?? '',
    });
    expect([status, stdout.trim().split('\n')]).toEqual([0, [join(__dirname, 'chaos', 'kill.spec.ts')]]);
  });
});
