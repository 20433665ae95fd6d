import { spawnSync } from 'node:child_process';

/** Runs the specs that need Prometheus. Where there is none to be had, it says so and fails in CI only. */
function testObservability(): void {
  const missing = ['prometheus', 'promtool'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);
  if (missing.length > 0) return explain(missing);
  const jest = [
    require.resolve('jest/bin/jest'),
    '--config',
    'test/observability/jest.config.js',
    ...process.argv.slice(2),
  ];
  process.exitCode = spawnSync(process.execPath, jest, { stdio: 'inherit' }).status ?? 1;
}

function explain(missing: readonly string[]): void {
  const required = process.env['CI'] !== undefined;
  process.exitCode = required ? 1 : 0;
  console.log(`The observability specs were ${required ? 'to be run' : 'NOT RUN'}: this is missing: ${missing.join(', ')}. On Debian:
  apt-get install --no-install-recommends prometheus`);
}

testObservability();
