/** What it costs a request to be counted, in this process and in a Redis. See docs/benchmarks.md. */
import { parseArgs } from 'node:util';
import { readConfig } from '../../src/platform/config/config';
import { ServiceConfig } from '../../src/platform/config/service-config';
import { Throttle, USER_LIMIT } from '../../src/platform/throttling/throttle';
import { ThrottlingConfig } from '../../src/platform/throttling/throttling-config';
import { median, table } from './support/report';

const HELP = `npm run bench:throttle -- [options]
  --redis <url>     also with this Redis
  --requests <n>    of each measurement (200000)
  --help`;

const ROUNDS = 5;
const CALLERS = 1_000;
/** Requests that are counted at the same time, as those of so many connections. */
const AT_ONCE = 64;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      redis: { type: 'string' },
      requests: { type: 'string', default: '200000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const rows = [await measure('in this process', {}, Number(values.requests))];
  if (values.redis !== undefined) {
    rows.push(await measure('in Redis', { REDIS_URL: values.redis }, Math.ceil(Number(values.requests) / 10)));
  }
  console.log(table(['counted', 'µs of one thread', 'ms until the verdict, at 64'], rows));
}

/** Each request counts for its address and its user. */
async function measure(name: string, environment: Record<string, string>, requests: number): Promise<string[]> {
  const generous = { ADDRESS_REQUESTS_PER_SECOND: '1000000', USER_REQUESTS_PER_SECOND: '1000000' };
  const config = readConfig([ThrottlingConfig, ServiceConfig], { ...generous, ...environment });
  const throttle = new Throttle(config, config);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const cpu: number[] = [];
  const wait: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    const before = process.cpuUsage();
    for (let done = 0; done < requests; done += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => take(throttle, done + i)));
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / requests);
    wait.push(((performance.now() - started) * AT_ONCE) / requests);
  }
  await throttle.onApplicationShutdown();
  return [name, median(cpu).toFixed(1), median(wait).toFixed(2)];
}

async function take(throttle: Throttle, i: number): Promise<void> {
  const caller = `caller-${i % CALLERS}`;
  const { waitSeconds } = await throttle.take({ address: caller, userId: caller, userLimit: USER_LIMIT });
  if (waitSeconds !== null) throw new Error('a request was refused');
}

void main();
