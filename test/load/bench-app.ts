/** The service, or with the argument `comparison` what it is compared with, as a process. Started by Child. */
import { createApp } from '../../src/create-app';
import { createDataSource } from '../../src/data-source';
import { readConfig } from '../../src/platform/config/config';
import { completeConfig, SECTIONS } from '../../src/programs/config';
import { createComparisonApp } from './support/comparison-app';

async function serve(): Promise<void> {
  const config = completeConfig(readConfig(SECTIONS));
  const dataSource = await createDataSource({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
  }).initialize();
  const create = process.argv[2] === 'comparison' ? createComparisonApp : createApp;
  const app = await create(config, dataSource);
  await app.listen(0, '127.0.0.1');
  process.send?.(await app.getUrl());
  process.once('SIGTERM', () => void stop());

  async function stop(): Promise<void> {
    await app.close();
    await dataSource.destroy();
    process.disconnect();
  }
}

void serve();
