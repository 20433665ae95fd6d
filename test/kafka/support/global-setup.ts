import setUpDatabase from '../../support/global-setup';
import { Broker } from './broker';
import { missingTools } from './broker-jars';
import { shared } from './shared-broker';

/** One PostgreSQL and, unless KAFKA_BROKERS names one, one broker for the whole run. */
export default async function setUp(): Promise<void> {
  await setUpDatabase();
  if ((await missingTools()).length === 0) process.env['OWN_BROKERS'] = 'true';
  if (process.env['KAFKA_BROKERS']) return;
  shared.broker = await Broker.start();
  process.env['KAFKA_BROKERS'] = shared.broker.address;
}
