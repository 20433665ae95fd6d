import { readConfig } from '../../src/platform/config/config';
import { HttpWebhookSender } from '../../src/webhook/infrastructure/http-webhook-sender';
import { WebhookConfig } from '../../src/webhook/infrastructure/webhook-config';
import { buildService, startService } from '../support/service-process';
import { ADMIN } from '../support/test-app';
import { createTestDatabase } from '../support/test-database';
import { AUTHORITY } from '../support/tls';
import { until } from '../support/until';
import { WebhookReceiver } from '../support/webhook-receiver';

describe('a receiver behind TLS', () => {
  let receiver: WebhookReceiver;

  beforeAll(buildService, 120_000);
  beforeEach(async () => (receiver = await WebhookReceiver.start('https')));
  afterEach(() => receiver.stop());

  it('is told by a service that trusts the authority behind it (NODE_EXTRA_CA_CERTS)', async () => {
    const database = await createTestDatabase();
    const service = await startService({
      DATABASE_URL: database.url,
      ADMIN_USERNAME: ADMIN.username,
      ADMIN_PASSWORD: ADMIN.password,
      WEBHOOKS_ALLOW_PRIVATE: 'true',
      NODE_EXTRA_CA_CERTS: AUTHORITY,
    });
    try {
      const { body: session } = await service.request().post('/auth/login').send(ADMIN).expect(200);
      const authorization = `Bearer ${session.accessToken}`;
      const given = { url: receiver.url, types: ['lottery.drawn'] };
      const { body: webhook } = await service
        .request()
        .post('/webhooks')
        .set({ authorization })
        .send(given)
        .expect(201);
      await service.request().post(`/webhooks/${webhook.id}/test`).set({ authorization }).expect(202);
      await until(() => receiver.received.length === 1);
      expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ type: 'webhook.test' });
      expect(receiver.received[0]!.headers['webhook-signature']).toMatch(/^v1,/);
    } finally {
      await service.stop('SIGKILL');
      await database.drop();
    }
  });

  it('gets nothing from one that does not trust it, which says why', async () => {
    const sender = new HttpWebhookSender(readConfig([WebhookConfig], { WEBHOOKS_ALLOW_PRIVATE: 'true' }));
    expect(await sender.send({ url: receiver.url, headers: {}, body: '{}' })).toEqual({
      error: 'it cannot be reached (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
    });
    expect(receiver.received).toEqual([]);
  });
});
