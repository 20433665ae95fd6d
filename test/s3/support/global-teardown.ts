import tearDownDatabase from '../../support/global-teardown';
import { shared } from './shared-store';

export default async function tearDown(): Promise<void> {
  await shared.store?.remove();
  await tearDownDatabase();
}
