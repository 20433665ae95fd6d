import setUpDatabase from '../../support/global-setup';
import { ObjectStore } from './object-store';
import { shared } from './shared-store';

/** One PostgreSQL and, unless S3_TEST_URL names a bucket, one store for the whole run. */
export default async function setUp(): Promise<void> {
  await setUpDatabase();
  if (process.env['S3_TEST_URL'] !== undefined) return;
  shared.store = await ObjectStore.start();
  const { url, key } = shared.store;
  process.env['S3_TEST_URL'] = `${url}/archive`;
  process.env['S3_TEST_ACCESS_KEY'] = key.accessKey;
  process.env['S3_TEST_SECRET_KEY'] = key.secretKey;
}
