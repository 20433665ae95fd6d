import { createHmac } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { SendDelivery } from '../../src/webhook/application/send-delivery';
import { Places } from '../../src/webhook/infrastructure/places';
import { WebhookCourier } from '../../src/webhook/infrastructure/webhook-courier';
import { startTestApp } from '../support/test-app';
import { comesTrue, until } from '../support/until';
import { Received, WebhookReceiver } from '../support/webhook-receiver';
import { HOUR_MS, LONG_MS, webhookStage } from './webhook-stage';

describe('webhooks', () => {
  const stage = webhookStage();
  const { post, get, register, announce, deliveriesOf } = stage;

  describe('however much waits for them', () => {
    /** So many deliveries, so many days old. */
    const fill = async (id: string, status: string, count: number, days = 0): Promise<void> => {
      await stage.app.database.dataSource.query(
        `insert into webhook_deliveries
           (id, webhook_id, message_id, type, body, status, attempts, created_at, next_attempt_at)
         select gen_random_uuid(), $1, gen_random_uuid(), 'thing.moved', '{}', $2, 0,
           now() - make_interval(days => $4), case $2 when 'pending' then now() + interval '1 day' end
         from generate_series(1, $3)`,
        [id, status, count, days],
      );
    };

    const kept = async (): Promise<Record<string, number>> => {
      const rows = await stage.app.database.dataSource.query<{ status: string; count: number }[]>(
        'select status, count(*)::int as count from webhook_deliveries group by status',
      );
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    };

    const prune = () => stage.app.app.get(WebhookCourier, { strict: false }).prune();

    /** While somebody has locked a delivery, for longer than anybody waits. */
    const whileLocked = async (work: () => Promise<unknown>): Promise<void> => {
      const runner = stage.app.database.dataSource.createQueryRunner();
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
      const gone = () => stage.app.request().delete(`/webhooks/${id}`).set('authorization', stage.bearer);
      await whileLocked(() => gone().expect(204));
      await gone().expect(404);
      await get(`/webhooks/${id}/deliveries`).expect(404);
      expect((await get('/webhooks').expect(200)).body.items).toEqual([]);
      await prune();
      expect(await kept()).toEqual({});
      await stage.app.database.setClockOffset(2 * HOUR_MS);
      await prune();
      expect(await stage.app.database.dataSource.query('select from webhooks')).toEqual([]);
    });

    it('are disabled at once, and what was to be delivered has failed later', async () => {
      stage.receiver.answer = (response) => response.writeHead(410).end();
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
      stage.app.app.get<WebhookCourier | SendDelivery>(one, { strict: false }),
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

  describe('when one receiver is slow', () => {
    /** Whether another one is told in time. */
    const othersAreTold = async (): Promise<boolean> => {
      const slow = await WebhookReceiver.start();
      slow.answer = () => undefined;
      await register(slow.url);
      await announce('thing.moved', 200);
      await until(() => slow.received.length >= 4);
      await comesTrue(() => slow.received.length >= 128, 2_000);
      await register(stage.receiver.url, ['thing.broken']);
      await announce('thing.broken');
      const told = await comesTrue(() => stage.receiver.received.length === 1, LONG_MS);
      await slow.stop();
      return told;
    };

    it('tells the others all the same', async () => {
      expect(await othersAreTold()).toBe(true);
    });

    it('would not where one may take every place: the test above does fill them', async () => {
      jest.spyOn(Places.prototype, 'busy').mockReturnValue([]);
      expect(await othersAreTold()).toBe(false);
    });
  });

  describe('when many receivers are slow', () => {
    const anotherIsTold = async (): Promise<boolean> => {
      const slow = await WebhookReceiver.start();
      slow.answer = () => undefined;
      for (let i = 0; i < 40; i++) await register(`${slow.url}/${i}`, ['thing.moved']);
      await announce('thing.moved', 8);
      await until(() => slow.received.length >= 40);
      await comesTrue(() => slow.received.length >= 128, 1_000);
      await register(stage.receiver.url, ['thing.broken']);
      await announce('thing.broken');
      const told = await comesTrue(() => stage.receiver.received.length === 1, LONG_MS);
      await slow.stop();
      return told;
    };

    it('tells another one at once', async () => {
      expect(await anotherIsTold()).toBe(true);
    });

    it('would not if each had four places, whoever else waits: the test above does fill them', async () => {
      jest.spyOn(Places.prototype, 'busy').mockImplementation(function (this: Places) {
        const taken = (this as unknown as { taken: Map<string, number> }).taken;
        return [...taken].filter(([, count]) => count >= 4).map(([id]) => id);
      });
      expect(await anotherIsTold()).toBe(false);
    });
  });

  it('leaves a receiver alone for as long as it asks, whatever else is to be sent', async () => {
    stage.receiver.answer = (response) => response.writeHead(429, { 'retry-after': '120' }).end();
    const { id } = await register(stage.receiver.url, ['thing.moved']);
    await announce('thing.moved');
    await until(async () => (await deliveriesOf(id))[0]?.lastStatusCode === 429);
    const [{ pausedUntil }] = (await get('/webhooks').expect(200)).body.items as [{ pausedUntil: string }];
    const [first] = await deliveriesOf(id);
    for (const at of [pausedUntil, first?.nextAttemptAt]) expect(Date.parse(at!) - Date.now()).toBeGreaterThan(110_000);
    await announce('thing.moved', 3);
    await until(async () => (await deliveriesOf(id)).length === 4);
    const courier = stage.app.app.get(WebhookCourier, { strict: false });
    await stage.app.database.setClockOffset(110_000);
    await courier.look();
    expect(stage.receiver.received).toHaveLength(1);
    stage.receiver.answer = (response) => response.writeHead(204).end();
    await stage.app.database.setClockOffset(121_000);
    await courier.look();
    await until(async () => (await deliveriesOf(id)).every(({ status }) => status === 'delivered'));
    expect(stage.receiver.received).toHaveLength(5);
  });

  it('are signed with the old secret and the new one while it is rotated, so no receiver misses one', async () => {
    const { id, secret: old } = await register();
    const { secret } = (await post(`/webhooks/${id}/secret`).expect(201)).body as { secret: string };
    await post(`/webhooks/${id}/test`).expect(202);
    await until(() => stage.receiver.received.length === 1);
    const [{ headers, body }] = stage.receiver.received as [Received];
    const signed = [secret, old].map((one) => {
      const key = Buffer.from(one.slice('whsec_'.length), 'base64');
      const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
    });
    expect(headers['webhook-signature']).toBe(signed.join(' '));
    for (const overlapSeconds of [-1, 1.5, 604_801, '60', null]) {
      await post(`/webhooks/${id}/secret`, { overlapSeconds }).expect(400);
    }
  });

  describe('with several replicas', () => {
    const toldHowOften = async (): Promise<number[]> => {
      const others = await Promise.all(
        [1, 2, 3].map(() => startTestApp({ ROLES: 'relay', WEBHOOKS_ALLOW_PRIVATE: 'true' }, stage.app.database)),
      );
      const { id } = await register();
      await announce('thing.moved', 100);
      await until(async () => (await deliveriesOf(id)).filter(({ status }) => status === 'delivered').length === 100);
      await Promise.all(others.map((other) => other.close()));
      const counts = new Map<unknown, number>();
      for (const { headers } of stage.receiver.received) {
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
    expect(await stage.app.app.get(SendDelivery, { strict: false }).lease(10, [])).toHaveLength(1);
    look.mockRestore();
    const courier = stage.app.app.get(WebhookCourier, { strict: false });
    // Longer than an attempt may take.
    await stage.app.database.setClockOffset(55_000);
    await courier.look();
    expect(await deliveriesOf(id)).toMatchObject([{ attempts: 1 }]);
    await stage.app.database.setClockOffset(61_000);
    await courier.look();
    await until(async () => (await deliveriesOf(id))[0]?.status === 'delivered');
    expect(await deliveriesOf(id)).toMatchObject([{ attempts: 2 }]);
  });
});
