import { running } from './test-server';

export default async function tearDown(): Promise<void> {
  await running.stop?.();
}
