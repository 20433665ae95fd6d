import { createHmac } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { Outbox } from '../../src/shared/application/outbox';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { SendDelivery } from '../../src/webhook/application/send-delivery';
import { WebhookCourier } from '../../src/webhook/infrastructure/webhook-courier';
import { addPlayer, adminBearer } from '../support/players';
import { startTestApp, TestApp } from '../support/test-app';
import { comesTrue, until } from '../support/until';
import { WebhookReceiver } from '../support/webhook-receiver';

const ROLES = 'api,relay';
const HOUR_MS = 3_600_000;
/** Longer than the courier's look at everything. */
const LONG_MS = 4_000;

interface DeliveryBody {
  readonly id: string;
  readonly messageId: string;
  readonly type: string;
  readonly status: string;
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
  readonly lastStatusCode: number | null;
  readonly lastError: string | null;
}

describe('webhooks', () => {
  let app: TestApp;
  let bearer: string;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    app = await startTestApp({ ROLES, WEBHOOKS_ALLOW_PRIVATE: 'true' });
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

  describe('registered by admins', () => {
    it('show their secret once, and stand in the audit trail', async () => {
      const given = { url: 'https://receiver.example/path?key=1#part', types: ['lottery.drawn'], description: 'ours' };
      const { body } = await post('/webhooks', given).expect(201);
      expect(body).toEqual({
        id: expect.any(String),
        url: 'https://receiver.example/path?key=1',
        types: ['lottery.drawn'],
        description: 'ours',
        createdAt: expect.any(String),
        disabledAt: null,
        secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      });
      const { secret, ...shown } = body as { secret: string };
      const listed = await get('/webhooks').expect(200);
      expect(listed.body).toEqual({ items: [shown], nextCursor: null });
      expect(listed.text).not.toContain(secret.slice('whsec_'.length));
      await app.request().delete(`/webhooks/${body.id}`).set('authorization', bearer).expect(204);
      await app.request().delete(`/webhooks/${body.id}`).set('authorization', bearer).expect(404);
      expect((await get('/webhooks').expect(200)).body.items).toEqual([]);
      const audit = await get('/audit').expect(200);
      expect(audit.text).not.toContain('key=1');
      expect((audit.body.items as unknown[]).slice(0, 2)).toMatchObject([
        { action: 'webhook.deleted', subject: body.id },
        { action: 'webhook.created', subject: body.id, details: { host: 'receiver.example' } },
      ]);
    });

    it('are for admins only', async () => {
      const player = await addPlayer(app);
      await app.request().get('/webhooks').set('authorization', player.bearer).expect(403);
    });

    it.each([
      [{}, 400, 'request.invalid'],
      [{ url: 'https://a.example', types: [] }, 400, 'request.invalid'],
      [{ url: 'https://a.example', types: ['Lottery'] }, 400, 'request.invalid'],
      [{ url: 'https://a.example', types: ['*'], secret: 'mine' }, 400, 'request.invalid'],
      [{ url: 'nowhere', types: ['*'] }, 422, 'webhook.url-refused'],
      [{ url: 'ftp://a.example', types: ['*'] }, 422, 'webhook.url-refused'],
      [{ url: 'https://me:secret@a.example', types: ['*'] }, 422, 'webhook.url-refused'],
    ])('are refused as %j', async (body, status, code) => {
      expect((await post('/webhooks', body).expect(status)).body).toMatchObject({ code });
    });

    it('are 100 at most', async () => {
      await app.database.dataSource.query(
        `insert into webhooks (id, url, types, created_at)
         select gen_random_uuid(), 'https://a.example', '{*}', now() from generate_series(1, 99)`,
      );
      const both = await Promise.all([1, 2].map(() => post('/webhooks', { url: receiver.url, types: ['*'] })));
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(both.map(({ body }) => body.code)).toContain('webhook.too-many');
    });
  });

  describe('are told', () => {
    it('what they asked for, signed as Standard Webhooks says', async () => {
      const { id, secret } = await register(receiver.url, ['thing.moved']);
      await announce('thing.broken');
      await announce('thing.moved');
      await until(async () => (await deliveriesOf(id))[0]?.status === 'delivered');
      const [{ headers, body }] = receiver.received as [(typeof receiver.received)[0]];
      expect(JSON.parse(body)).toEqual({ type: 'thing.moved', timestamp: expect.any(String), data: { n: 0 } });
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
      expect(Math.abs(Number(headers['webhook-timestamp']) * 1000 - Date.now())).toBeLessThan(60_000);
      expect(await deliveriesOf(id)).toMatchObject([
        { messageId: headers['webhook-id'], type: 'thing.moved', attempts: 1, lastStatusCode: 204, lastError: null },
      ]);
      expect(receiver.received).toHaveLength(1);
    });

    it('again what they did not take, with the same id, longer and longer, until it has failed 8 times', async () => {
      receiver.answer = (response) => response.writeHead(500).end('secret words');
      const { id } = await register();
      await announce('thing.moved');
      for (let attempt = 1; attempt <= 8; attempt++) {
        await until(async () => {
          const [delivery] = await deliveriesOf(id);
          return delivery?.attempts === attempt && delivery.lastStatusCode === 500;
        });
        await app.database.setClockOffset(attempt * 13 * HOUR_MS);
      }
      await until(async () => (await deliveriesOf(id))[0]?.status === 'failed');
      expect(await deliveriesOf(id)).toMatchObject([{ attempts: 8, nextAttemptAt: null }]);
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      receiver.answer = (response) => response.writeHead(200).end();
      const [delivery] = await deliveriesOf(id);
      await post(`/webhooks/${id}/deliveries/${delivery!.id}/retry`).expect(202);
      await until(async () => (await deliveriesOf(id))[0]?.status === 'delivered');
    }, 90_000);

    it('nothing more after they have answered 410', async () => {
      receiver.answer = (response) => response.writeHead(410).end();
      const { id } = await register();
      await announce('thing.moved');
      await until(async () => (await deliveriesOf(id))[0]?.status === 'failed');
      expect((await get('/webhooks').expect(200)).body.items).toMatchObject([{ id, disabledAt: expect.any(String) }]);
      const told = receiver.received.length;
      await announce('thing.moved');
      expect(await comesTrue(() => receiver.received.length > told, LONG_MS)).toBe(false);
      expect((await post(`/webhooks/${id}/test`).expect(409)).body).toMatchObject({ code: 'webhook.disabled' });
    });

    it('at their own address only: a redirect is a failure', async () => {
      const other = await WebhookReceiver.start();
      receiver.answer = (response) => response.writeHead(307, { location: other.url }).end();
      const { id } = await register();
      await post(`/webhooks/${id}/test`).expect(202);
      await until(async () => (await deliveriesOf(id))[0]?.lastStatusCode === 307);
      expect(await deliveriesOf(id)).toMatchObject([{ type: 'webhook.test', status: 'pending' }]);
      expect(other.connections).toBe(0);
      await other.stop();
    });

    it('whatever they answer besides: an endless answer harms nobody, a closed port is an error', async () => {
      receiver.answer = (response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write('x'.repeat(60_000)), 1);
        response.on('close', () => clearInterval(timer));
      };
      const [{ id }, nowhere] = [await register(), await register('http://127.0.0.1:9/hook')];
      await announce('thing.moved');
      await until(async () => (await deliveriesOf(id))[0]?.status === 'delivered');
      await until(async () => (await deliveriesOf(nowhere.id))[0]?.lastError === 'it cannot be reached (ECONNREFUSED)');
    });
  });

  it('are listed page by page, and unknown ones are told', async () => {
    const { id } = await register();
    await announce('thing.moved', 5);
    await until(async () => (await deliveriesOf(id)).length === 5);
    const first = (await get(`/webhooks/${id}/deliveries?limit=3`).expect(200)).body;
    const second = (await get(`/webhooks/${id}/deliveries?limit=3&cursor=${first.nextCursor}`).expect(200)).body;
    const ids = [...first.items, ...second.items].map((one: DeliveryBody) => one.id);
    expect(ids).toEqual((await deliveriesOf(id)).map((one) => one.id));
    const unknown = '01a1fd69-0000-7000-8000-000000000b0d';
    for (const response of [
      await get(`/webhooks/${unknown}/deliveries`),
      await post(`/webhooks/${unknown}/test`),
      await post(`/webhooks/${unknown}/deliveries/${unknown}/retry`),
    ]) {
      expect(response.body).toMatchObject({ status: 404, code: 'webhook.not-found' });
    }
    const { body } = await post(`/webhooks/${id}/deliveries/${unknown}/retry`).expect(404);
    expect(body).toMatchObject({ code: 'webhook.delivery-not-found' });
  });

  describe('however much waits for them', () => {
    /** So many deliveries, so many days old. */
    const fill = async (id: string, status: string, count: number, days = 0): Promise<void> => {
      await app.database.dataSource.query(
        `insert into webhook_deliveries
           (id, webhook_id, message_id, type, body, status, attempts, created_at, next_attempt_at)
         select gen_random_uuid(), $1, gen_random_uuid(), 'thing.moved', '{}', $2, 0,
           now() - make_interval(days => $4), case $2 when 'pending' then now() + interval '1 day' end
         from generate_series(1, $3)`,
        [id, status, count, days],
      );
    };

    const kept = async (): Promise<Record<string, number>> => {
      const rows = await app.database.dataSource.query<{ status: string; count: number }[]>(
        'select status, count(*)::int as count from webhook_deliveries group by status',
      );
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    };

    const prune = () => app.app.get(WebhookCourier, { strict: false }).prune();

    /** While somebody has locked a delivery, for longer than anybody waits. */
    const whileLocked = async (work: () => Promise<unknown>): Promise<void> => {
      const runner = app.database.dataSource.createQueryRunner();
      await runner.startTransaction();
      await runner.query('select from webhook_deliveries limit 1 for update');
      try {
        await work();
      } finally {
        await runner.rollbackTransaction();
        await runner.release();
      }
    };

    it('are forgotten when they ended long ago, all of them', async () => {
      const { id } = await register('https://nowhere.example/hook');
      await fill(id, 'delivered', 2_500, 31);
      await fill(id, 'failed', 10, 29);
      await prune();
      expect(await kept()).toEqual({ failed: 10 });
    });

    it('are kept where they are still to be sent, however old', async () => {
      const { id } = await register('https://nowhere.example/hook');
      await fill(id, 'pending', 5, 31);
      await prune();
      expect(await kept()).toEqual({ pending: 5 });
    });

    it('are gone at once when they are removed, and what was to be delivered is forgotten later', async () => {
      const { id } = await register('https://nowhere.example/hook', ['thing.moved']);
      await fill(id, 'pending', 2_500);
      await fill(id, 'failed', 10);
      const gone = () => app.request().delete(`/webhooks/${id}`).set('authorization', bearer);
      await whileLocked(() => gone().expect(204));
      await gone().expect(404);
      await get(`/webhooks/${id}/deliveries`).expect(404);
      expect((await get('/webhooks').expect(200)).body.items).toEqual([]);
      await prune();
      expect(await kept()).toEqual({});
      await app.database.setClockOffset(2 * HOUR_MS);
      await prune();
      expect(await app.database.dataSource.query('select from webhooks')).toEqual([]);
    });

    it('are disabled at once, and what was to be delivered has failed later', async () => {
      receiver.answer = (response) => response.writeHead(410).end();
      const { id } = await register();
      await fill(id, 'pending', 2_500);
      await whileLocked(async () => {
        await post(`/webhooks/${id}/test`).expect(202);
        await until(async () => (await get('/webhooks')).body.items[0].disabledAt !== null, 4_000);
      });
      await prune();
      expect(await kept()).toEqual({ failed: 2_501 });
    });
  });

  it('are looked after once more where somebody asks meanwhile', async () => {
    const [courier, sending] = [WebhookCourier, SendDelivery].map((one) =>
      app.app.get<WebhookCourier | SendDelivery>(one, { strict: false }),
    ) as [WebhookCourier, SendDelivery];
    await courier.look();
    let answer = (): void => undefined;
    const lease = jest.spyOn(sending, 'lease');
    lease.mockImplementation(() => Promise.resolve([]));
    lease.mockImplementationOnce(() => new Promise((done) => (answer = () => done([]))));
    const looks = [courier.look(), courier.look()];
    answer();
    await Promise.all(looks);
    expect(lease.mock.calls.length).toBeGreaterThan(1);
  });

  it('are themselves listed page by page, newest first', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift((await register()).id);
    const listed: string[] = [];
    const sizes: number[] = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = (await get(`/webhooks?limit=2${cursor}`).expect(200)).body;
      listed.push(...(items as { id: string }[]).map(({ id }) => id));
      sizes.push(items.length);
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect([listed, sizes]).toEqual([ids, [2, 2, 1]]);
  });

  describe('when one receiver is slow', () => {
    /** Whether another one is told in time. */
    const othersAreTold = async (): Promise<boolean> => {
      const slow = await WebhookReceiver.start();
      slow.answer = () => undefined;
      await register(slow.url);
      await announce('thing.moved', 100);
      await until(() => slow.received.length >= 4);
      await comesTrue(() => slow.received.length >= 64, 2_000);
      await register(receiver.url, ['thing.broken']);
      await announce('thing.broken');
      const told = await comesTrue(() => receiver.received.length === 1, LONG_MS);
      await slow.stop();
      return told;
    };

    it('tells the others all the same', async () => {
      expect(await othersAreTold()).toBe(true);
    });

    it('would not where one may take every place: the test above does fill them', async () => {
      jest.spyOn(WebhookCourier.prototype as unknown as { busy(): string[] }, 'busy').mockReturnValue([]);
      expect(await othersAreTold()).toBe(false);
    });
  });

  describe('with several replicas', () => {
    const toldHowOften = async (): Promise<number[]> => {
      const others = await Promise.all(
        [1, 2, 3].map(() => startTestApp({ ROLES: 'relay', WEBHOOKS_ALLOW_PRIVATE: 'true' }, app.database)),
      );
      const { id } = await register();
      await announce('thing.moved', 100);
      await until(async () => (await deliveriesOf(id)).filter(({ status }) => status === 'delivered').length === 100);
      await Promise.all(others.map((other) => other.close()));
      const counts = new Map<unknown, number>();
      for (const { headers } of receiver.received) {
        counts.set(headers['webhook-id'], (counts.get(headers['webhook-id']) ?? 0) + 1);
      }
      return [...counts.values()];
    };

    it('sends each delivery once where nothing fails', async () => {
      expect(await toldHowOften()).toEqual(Array.from({ length: 100 }, () => 1));
    });

    it('would send some twice without the row lock: the test above does race', async () => {
      const query = EntityManager.prototype.query;
      jest.spyOn(EntityManager.prototype, 'query').mockImplementation(function (this: EntityManager, sql, ...rest) {
        return query.call(this, sql.replace('for update skip locked', ''), ...rest);
      });
      expect(Math.max(...(await toldHowOften()))).toBeGreaterThan(1);
    });
  });

  it('leave what a dead process was sending to the next, when its lease ends', async () => {
    const look = jest.spyOn(WebhookCourier.prototype, 'look').mockResolvedValue();
    const { id } = await register();
    await announce('thing.moved');
    await until(async () => (await deliveriesOf(id)).length === 1);
    expect(await app.app.get(SendDelivery, { strict: false }).lease(10, [])).toHaveLength(1);
    look.mockRestore();
    const courier = app.app.get(WebhookCourier, { strict: false });
    // Longer than an attempt may take.
    await app.database.setClockOffset(55_000);
    await courier.look();
    expect(await deliveriesOf(id)).toMatchObject([{ attempts: 1 }]);
    await app.database.setClockOffset(61_000);
    await courier.look();
    await until(async () => (await deliveriesOf(id))[0]?.status === 'delivered');
    expect(await deliveriesOf(id)).toMatchObject([{ attempts: 2 }]);
  });
});
