import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/create-app';
import { EventChannels } from '../../src/shared/application/event-channels';
import type { EventPublisher } from '../../src/shared/application/event-publisher';
import type { EventSubscriber } from '../../src/shared/application/event-subscriber';
import { EventSubscribers } from '../../src/shared/application/event-subscribers';
import { testConfig } from './test-app';
import { TestDatabase } from './test-database';

export interface Listeners {
  readonly publisher?: EventPublisher;
  readonly subscribers?: readonly EventSubscriber[];
}

/** A replica that only relays, with these listeners. Close it before the database is dropped. */
export async function startRelay(
  database: TestDatabase,
  { publisher, subscribers = [] }: Listeners = {},
): Promise<NestFastifyApplication> {
  const dataSource = await database.connectAsApp();
  const app = await createApp(testConfig(database.url, { ROLES: 'relay' }), dataSource);
  const closeApp = app.close.bind(app);
  app.close = async () => {
    await closeApp();
    if (dataSource.isInitialized) await dataSource.destroy();
  };
  app.useLogger(false);
  if (publisher) app.get(EventChannels).publishThrough(publisher);
  for (const subscriber of subscribers) app.get(EventSubscribers).add(subscriber);
  await app.listen(0, '127.0.0.1');
  return app;
}
