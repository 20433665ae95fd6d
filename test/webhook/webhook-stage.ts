import { EventCatalogue } from '../../src/shared/application/event-catalogue';
import { Outbox } from '../../src/shared/application/outbox';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { adminBearer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';
import { WebhookReceiver } from '../support/webhook-receiver';

const ROLES = 'api,relay';
export const HOUR_MS = 3_600_000;
/** Longer than the courier's look at everything. */
export const LONG_MS = 4_000;

export interface DeliveryBody {
  readonly id: string;
  readonly messageId: string;
  readonly type: string;
  readonly status: string;
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
  readonly lastStatusCode: number | null;
  readonly lastError: string | null;
}

/** A service with a courier, an admin and a receiver of webhooks, new for each test. */
export function webhookStage() {
  let app: TestApp;
  let bearer: string;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    app = await startTestApp({ ROLES, WEBHOOKS_ALLOW_PRIVATE: 'true' });
    // Events of no module.
    const description = { summary: 'A test', fields: {} };
    app.app.get(EventCatalogue).add({ 'thing.moved': description, 'thing.broken': description });
    app.app.useLogger(false);
    bearer = await adminBearer(app);
    receiver = await WebhookReceiver.start();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await receiver.stop();
    await app.close();
  });

  const post = (path: string, body: object = {}) => app.request().post(path).set('authorization', bearer).send(body);

  const get = (path: string) => app.request().get(path).set('authorization', bearer);

  const register = async (url = receiver.url, types = ['*']): Promise<{ id: string; secret: string }> =>
    (await post('/webhooks', { url, types }).expect(201)).body;

  const announce = (type: string, count = 1): Promise<void> =>
    app.app
      .get(UnitOfWork)
      .run(() =>
        app.app
          .get(Outbox)
          .add(Array.from({ length: count }, (_, n) => ({ type, aggregateId: `a${n}`, payload: { n } }))),
      );

  const deliveriesOf = async (id: string): Promise<DeliveryBody[]> =>
    (await get(`/webhooks/${id}/deliveries?limit=100`).expect(200)).body.items;

  return {
    get app() {
      return app;
    },
    get bearer() {
      return bearer;
    },
    get receiver() {
      return receiver;
    },
    post,
    get,
    register,
    announce,
    deliveriesOf,
  };
}
