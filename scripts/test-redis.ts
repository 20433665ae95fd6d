import { spawnSync } from 'node:child_process';
import { hasRedis } from '../test/redis/support/redis-server';

/** Runs the specs that need a redis-server. Where there is none to be had, it says so and fails in CI only. */
function testRedis(): void {
  if (!hasRedis()) return explain();
  const jest = [require.resolve('jest/bin/jest'), '--config', 'test/redis/jest.config.js', ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, jest, { stdio: 'inherit' }).status ?? 1;
}

function explain(): void {
  const required = process.env['CI'] !== undefined;
  process.exitCode = required ? 1 : 0;
  console.log(`The Redis specs were ${required ? 'to be run' : 'NOT RUN'}: they start and kill a redis-server of their own,
and there is none here. On Debian:
  apt-get install --no-install-recommends redis-server`);
}

testRedis();
