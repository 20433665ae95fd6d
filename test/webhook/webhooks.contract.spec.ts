import { v7 } from 'uuid';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import type { UnitOfWork } from '../../src/shared/application/unit-of-work';
import type { Deliveries, LeasedDelivery } from '../../src/webhook/application/deliveries';
import type { Webhooks } from '../../src/webhook/application/webhooks';
import { DeliveryNotFound, WebhookNotFound } from '../../src/webhook/domain/errors';
import { TypeOrmDeliveries } from '../../src/webhook/infrastructure/typeorm-deliveries';
import { TypeOrmWebhooks } from '../../src/webhook/infrastructure/typeorm-webhooks';
import { FakeClock, FakeUnitOfWork } from '../shared/fakes';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { aWebhook, FakeDeliveries, FakeWebhooks } from './fakes';

const SECRET = Buffer.alloc(32, 7);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface Subject {
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly work: UnitOfWork;
  /** Moves the clock so far from where it was at the beginning. */
  setClockOffset(milliseconds: number): Promise<void>;
}

describe.each(['the fake', 'PostgreSQL'])('in %s', (kind) => {
  let database: TestDatabase | undefined;
  let webhooks: Webhooks;
  let deliveries: Deliveries;
  let work: UnitOfWork;
  let setClockOffset: Subject['setClockOffset'];

  beforeAll(async () => {
    if (kind === 'PostgreSQL') database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  beforeEach(async () => {
    ({ webhooks, deliveries, work, setClockOffset } = database ? await inPostgres(database) : inMemory());
  });

  const addWebhook = async (fields: Parameters<typeof aWebhook>[1] = {}): Promise<string> => {
    const id = v7();
    await work.run(() => webhooks.add(aWebhook(id, fields), SECRET));
    return id;
  };

  const idsOf = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id);

  describe('webhooks', () => {
    it('are found as they were added', async () => {
      const types = ['lottery.drawn', 'pool.*'];
      const id = await addWebhook({ url: 'https://receiver.example/a?b', types, description: 'ours' });
      expect(await webhooks.get(id)).toEqual(
        aWebhook(id, { url: 'https://receiver.example/a?b', types, description: 'ours' }),
      );
      expect((await webhooks.get(id)).wants('lottery.drawn')).toBe(true);
    });

    it('are counted, listed and enabled until they are removed', async () => {
      const [first, second] = [await addWebhook(), await addWebhook()];
      expect(await work.run(() => webhooks.countUnderLock())).toBe(2);
      await work.run(() => webhooks.remove(first));
      expect(await work.run(() => webhooks.countUnderLock())).toBe(1);
      expect(idsOf((await webhooks.page({ cursor: null, limit: 10 })).items)).toEqual([second]);
      expect(idsOf(await webhooks.enabled())).toEqual([second]);
      await expect(webhooks.get(first)).rejects.toThrow(WebhookNotFound);
      await expect(work.run(() => webhooks.remove(first))).rejects.toThrow(WebhookNotFound);
    });

    it('are disabled once, and found all the same', async () => {
      const id = await addWebhook();
      await work.run(() => webhooks.disable(id));
      const { disabledAt } = await webhooks.get(id);
      expect(disabledAt).toBeInstanceOf(Date);
      await setClockOffset(MINUTE_MS);
      await work.run(() => webhooks.disable(id));
      expect((await webhooks.get(id)).disabledAt).toEqual(disabledAt);
      expect(await webhooks.enabled()).toEqual([]);
      expect(await work.run(() => webhooks.countUnderLock())).toBe(1);
    });

    it('are listed newest first, page by page, each once; the enabled ones oldest first', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 5; i++) ids.push(await addWebhook());
      const listed: string[] = [];
      for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
        const page = await webhooks.page({ cursor, limit: 2 });
        listed.push(...idsOf(page.items));
        cursor = page.nextCursor;
      }
      expect(listed).toEqual([...ids].reverse());
      expect(idsOf(await webhooks.enabled())).toEqual(ids);
    });

    it('are not found where there is none of that id', async () => {
      await expect(webhooks.get(v7())).rejects.toThrow(WebhookNotFound);
      await expect(work.run(() => webhooks.remove(v7()))).rejects.toThrow(WebhookNotFound);
      await expect(work.run(() => webhooks.disable(v7()))).resolves.toBeUndefined();
    });
  });

  describe('deliveries', () => {
    let webhookId: string;

    beforeEach(async () => {
      webhookId = await addWebhook();
    });

    const addDelivery = async (of = webhookId): Promise<string> => {
      const id = v7();
      const message = { messageId: v7(), type: 'thing.moved', body: '{"type":"thing.moved"}' };
      await work.run(() => deliveries.add([{ id, webhookId: of, ...message }]));
      return id;
    };

    const lease = (limit = 10, busy: readonly string[] = []) =>
      work.run(() => deliveries.lease(limit, busy, MINUTE_MS));

    const leaseOne = async (): Promise<LeasedDelivery> => (await lease())[0] as LeasedDelivery;

    const all = async (of = webhookId) => (await deliveries.page(of, { cursor: null, limit: 100 })).items;

    const prune = async (): Promise<void> => {
      while (await work.run(() => deliveries.prune()));
    };

    it('wait, due at once, as they were added', async () => {
      const id = await addDelivery();
      const [kept] = await all();
      expect(kept).toMatchObject({ id, type: 'thing.moved', status: 'pending', attempts: 0, lastAttemptAt: null });
      expect(kept).toMatchObject({ lastStatusCode: null, lastError: null });
      expect(kept?.nextAttemptAt).toEqual(kept?.createdAt);
    });

    it('of a webhook that is paused are not leased until its pause is over, the longest one counting', async () => {
      const id = await addDelivery();
      await work.run(() => webhooks.pause(webhookId, MINUTE_MS));
      await work.run(() => webhooks.pause(webhookId, 1_000));
      await setClockOffset(MINUTE_MS - 1_000);
      expect(await lease()).toEqual([]);
      await setClockOffset(MINUTE_MS + 1_000);
      expect(idsOf(await lease())).toEqual([id]);
    });

    it('are leased again once a pause was ended', async () => {
      const id = await addDelivery();
      await work.run(() => webhooks.pause(webhookId, DAY_MS));
      expect((await webhooks.get(webhookId)).pausedUntil).toBeInstanceOf(Date);
      await work.run(() => webhooks.resume(webhookId));
      expect(idsOf(await lease())).toEqual([id]);
    });

    it('are leased with the old secrets, too, newest first, until each ends, and not after an end of all at once', async () => {
      const [second, third, fourth] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer];
      for (let i = 0; i < 4; i++) await addDelivery();
      expect(await work.run(() => webhooks.rotateSecret(webhookId, second, 60))).toBe(1);
      expect(await work.run(() => webhooks.rotateSecret(webhookId, third, 120))).toBe(2);
      expect(await leaseOne()).toMatchObject({ secret: third, oldSecrets: [second, SECRET] });
      await setClockOffset(61_000);
      expect(await leaseOne()).toMatchObject({ secret: third, oldSecrets: [second] });
      expect(await work.run(() => webhooks.rotateSecret(webhookId, fourth, 0))).toBe(0);
      expect(await leaseOne()).toMatchObject({ secret: fourth, oldSecrets: [] });
      await expect(work.run(() => webhooks.rotateSecret(v7(), second, 60))).rejects.toThrow(WebhookNotFound);
      await work.run(() => webhooks.remove(webhookId));
      await expect(work.run(() => webhooks.rotateSecret(webhookId, second, 60))).rejects.toThrow(WebhookNotFound);
    });

    it('are leased with all that sending needs', async () => {
      const id = await addDelivery();
      const leased = await lease();
      expect(leased).toMatchObject([{ id, webhookId, type: 'thing.moved', body: '{"type":"thing.moved"}' }]);
      expect(leased).toMatchObject([{ url: 'https://receiver.example/', secret: SECRET, attempts: 1 }]);
      const [kept] = await all();
      expect(kept).toMatchObject({ attempts: 1, lastAttemptAt: leased[0]?.attemptAt });
      expect(kept?.nextAttemptAt).toEqual(new Date(leased[0]!.attemptAt.getTime() + MINUTE_MS));
    });

    it('are leased to one until the lease ends, then to the next', async () => {
      await addDelivery();
      await lease();
      await setClockOffset(MINUTE_MS / 2);
      expect(await lease()).toEqual([]);
      await setClockOffset(MINUTE_MS + 1);
      expect(await lease()).toMatchObject([{ attempts: 2 }]);
    });

    it('are leased one for each webhook, longest due first, at most as many, none of busy ones', async () => {
      const first = await addDelivery();
      await setClockOffset(1_000);
      await addDelivery();
      const other = await addWebhook();
      const ofOther = await addDelivery(other);
      expect(idsOf(await lease(10, [other]))).toEqual([first]);
      expect(idsOf(await lease(1, [webhookId]))).toEqual([ofOther]);
      expect(await lease(0)).toEqual([]);
    });

    it('are not leased where the webhook is disabled or removed', async () => {
      await addDelivery();
      const other = await addWebhook();
      await addDelivery(other);
      await work.run(() => webhooks.disable(webhookId));
      await work.run(() => webhooks.remove(other));
      expect(await lease()).toEqual([]);
    });

    it('keep what became of an attempt', async () => {
      await addDelivery();
      await work.run(async () =>
        deliveries.record(await leaseOne(), { statusCode: 500 }, { status: 'pending', pauseMs: DAY_MS }),
      );
      expect(await all()).toMatchObject([{ status: 'pending', lastStatusCode: 500, lastError: null }]);
      expect(await lease()).toEqual([]);
      await setClockOffset(DAY_MS + 5_000);
      await work.run(async () =>
        deliveries.record(await leaseOne(), { error: 'too late' }, { status: 'failed', pauseMs: null }),
      );
      expect(await all()).toMatchObject([{ status: 'failed', attempts: 2, nextAttemptAt: null }]);
      expect(await all()).toMatchObject([{ lastStatusCode: null, lastError: 'too late' }]);
    });

    it('record nothing of a lease that somebody else has taken over', async () => {
      await addDelivery();
      const late = await leaseOne();
      await setClockOffset(2 * MINUTE_MS);
      await lease();
      await work.run(() => deliveries.record(late, { statusCode: 204 }, { status: 'delivered', pauseMs: null }));
      expect(await all()).toMatchObject([{ status: 'pending', attempts: 2, lastStatusCode: null }]);
    });

    it('record nothing of an attempt that was under way at a retry', async () => {
      const id = await addDelivery();
      const late = await leaseOne();
      await work.run(() => deliveries.retry(webhookId, id));
      await work.run(() => deliveries.record(late, { statusCode: 500 }, { status: 'failed', pauseMs: null }));
      expect(await all()).toMatchObject([{ status: 'pending', attempts: 0 }]);
    });

    it('are due at once after a retry, whatever became of them', async () => {
      const id = await addDelivery();
      await work.run(async () =>
        deliveries.record(await leaseOne(), { statusCode: 204 }, { status: 'delivered', pauseMs: null }),
      );
      await work.run(() => deliveries.retry(webhookId, id));
      expect(await lease()).toMatchObject([{ id, attempts: 1 }]);
    });

    it('are retried at their own webhook only', async () => {
      const id = await addDelivery();
      const other = await addWebhook();
      await expect(work.run(() => deliveries.retry(other, id))).rejects.toThrow(DeliveryNotFound);
      await expect(work.run(() => deliveries.retry(webhookId, v7()))).rejects.toThrow(DeliveryNotFound);
    });

    it('are listed newest first, page by page', async () => {
      const ids = [await addDelivery(), await addDelivery(), await addDelivery()].reverse();
      const first = await deliveries.page(webhookId, { cursor: null, limit: 2 });
      const second = await deliveries.page(webhookId, { cursor: first.nextCursor, limit: 2 });
      expect([idsOf(first.items), idsOf(second.items), second.nextCursor]).toEqual([
        ids.slice(0, 2),
        ids.slice(2),
        null,
      ]);
    });

    it('are deleted 30 days after they began, unless they wait', async () => {
      await addDelivery();
      await work.run(async () =>
        deliveries.record(await leaseOne(), { statusCode: 204 }, { status: 'delivered', pauseMs: null }),
      );
      const waiting = await addDelivery();
      await setClockOffset(29 * DAY_MS);
      await prune();
      expect(await all()).toHaveLength(2);
      await setClockOffset(31 * DAY_MS);
      await prune();
      expect(idsOf(await all())).toEqual([waiting]);
    });

    it('are deleted with their webhook, and have failed where it is disabled', async () => {
      await addDelivery();
      const other = await addWebhook();
      await addDelivery(other);
      await work.run(() => webhooks.disable(webhookId));
      await work.run(() => webhooks.remove(other));
      await prune();
      expect(await all()).toMatchObject([{ status: 'failed', nextAttemptAt: null }]);
      expect(await all(other)).toEqual([]);
    });

    it('are gone when the unit of work fails', async () => {
      const failing = work.run(async () => {
        await addDelivery();
        throw new Error('too late');
      });
      await expect(failing).rejects.toThrow('too late');
      expect(await all()).toEqual([]);
    });
  });

  function inMemory(): Subject {
    const clock = new FakeClock();
    const start = clock.now().getTime();
    const fake = new FakeWebhooks(clock);
    const fakeDeliveries = new FakeDeliveries(clock, fake);
    const unitOfWork = new FakeUnitOfWork([fake, fakeDeliveries]);
    return {
      webhooks: fake,
      deliveries: fakeDeliveries,
      work: unitOfWork,
      async setClockOffset(milliseconds) {
        clock.time = new Date(start + milliseconds);
      },
    };
  }

  async function inPostgres({ dataSource, setClockOffset }: TestDatabase): Promise<Subject> {
    await dataSource.query('truncate webhooks, webhook_old_secrets, webhook_secrets, webhook_deliveries');
    await setClockOffset(0);
    const unitOfWork = new TypeOrmUnitOfWork(dataSource);
    return {
      webhooks: new TypeOrmWebhooks(unitOfWork),
      deliveries: new TypeOrmDeliveries(unitOfWork),
      work: unitOfWork,
      setClockOffset,
    };
  }
});
