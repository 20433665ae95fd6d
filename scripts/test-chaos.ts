import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const HELP = `npm run test:chaos -- [options] [files]
  --faults <n>  so many in a row, at least 30 for all kinds in several variants (35)
  --seed <n>    the order and the details of the faults; each run prints its own
  --help

Three processes of the service, one PostgreSQL, players who write down every acknowledgement. Linux only.`;

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      faults: { type: 'string' },
      seed: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const env = { ...process.env };
  if (values.faults !== undefined) env['CHAOS_FAULTS'] = values.faults;
  if (values.seed !== undefined) env['CHAOS_SEED'] = values.seed;
  const jest = [require.resolve('jest/bin/jest'), '--config', 'test/chaos/jest.config.js', ...positionals];
  process.exitCode = spawnSync(process.execPath, jest, { stdio: 'inherit', env }).status ?? 1;
}

main();
