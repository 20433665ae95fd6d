import tearDownDatabase from '../../support/global-teardown';
import { shared } from './shared-broker';

export default async function tearDown(): Promise<void> {
  await shared.broker?.remove();
  await tearDownDatabase();
}
