import { spawnSync } from 'node:child_process';
import { missingTools } from '../test/kafka/support/broker-jars';

/** Runs the specs that need a broker. Where there is none to be had, it says so and fails in CI only. */
async function testKafka(): Promise<void> {
  const missing = process.env['KAFKA_BROKERS'] ? [] : await missingTools();
  if (missing.length > 0) return explain(missing);
  const jest = [require.resolve('jest/bin/jest'), '--config', 'test/kafka/jest.config.js', ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, jest, { stdio: 'inherit' }).status ?? 1;
}

function explain(missing: readonly string[]): void {
  const required = process.env['CI'] !== undefined;
  process.exitCode = required ? 1 : 0;
  console.log(`The Kafka specs were ${required ? 'to be run' : 'NOT RUN'}: they need a broker. Give one
  KAFKA_BROKERS=host:port npm run test:kafka
or let them start one of their own, for which this is missing: ${missing.join(', ')}. On Debian:
  apt-get install --no-install-recommends default-jre-headless maven`);
}

void testKafka();
