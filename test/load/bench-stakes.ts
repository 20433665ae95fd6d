/** How many stakes the service takes per second, what that is in pools, and what bounds it. See docs/benchmarks.md. */
import { parseArgs } from 'node:util';
import { missingTools } from '../kafka/support/broker-jars';
import { measureIntake } from './support/stakes-intake';
import { measureThroughKafka } from './support/stakes-through-kafka';

const HELP = `npm run bench:stakes -- [options]
  --only <part>    intake: what the service takes without Kafka; kafka: through a broker, for Linux, with java and mvn (both)
  --games <n>      games that are staked on (50)
of the intake:
  --batches <n,n>  stakes that one transaction takes (200,1000,5000)
  --seconds <n>    length of one measurement, about (8)
  --rounds <n>     measurements of each size of batch, taken in turn; the median counts (3)
through Kafka:
  --stakes <n>     stakes that wait in the topic when the consumer starts (1000000)
  --more <n>       stakes of each of the two measurements in which everything runs at once (100000)
  --help`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: 'both' },
      games: { type: 'string', default: '50' },
      batches: { type: 'string', default: '200,1000,5000' },
      seconds: { type: 'string', default: '8' },
      rounds: { type: 'string', default: '3' },
      stakes: { type: 'string', default: '1000000' },
      more: { type: 'string', default: '100000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const games = Number(values.games);
  if (values.only !== 'kafka') {
    const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
    await measureIntake({ batches: values.batches.split(',').map(Number), seconds, rounds, games });
  }
  if (values.only === 'intake') return;
  const missing = await missingTools();
  if (missing.length > 0) return console.log(`NOT MEASURED through Kafka, for want of: ${missing.join(', ')}`);
  await measureThroughKafka({ stakes: Number(values.stakes), more: Number(values.more), games });
}

void main();
