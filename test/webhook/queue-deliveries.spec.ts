import type { StoredEvent } from '../../src/shared/application/outbox';
import { QueueDeliveries } from '../../src/webhook/application/queue-deliveries';
import { DeliveryNotFound, WebhookDisabled, WebhookNotFound } from '../../src/webhook/domain/errors';
import { FakeClock, FakeIds, FakeUnitOfWork } from '../shared/fakes';
import { FakeAdmins } from '../user/fakes';
import { aWebhook, FakeDeliveries, FakeWebhooks } from './fakes';

const drawn: StoredEvent = {
  id: 'message 1',
  type: 'lottery.drawn',
  aggregateId: 'a draw',
  aggregateVersion: 3,
  payload: { date: '2026-11-21' },
  occurredAt: new Date('2026-11-22T00:00:01.000Z'),
};
const awarded: StoredEvent = { ...drawn, id: 'message 2', type: 'pool.awarded', payload: { pot: '10' } };

let clock: FakeClock;
let webhooks: FakeWebhooks;
let deliveries: FakeDeliveries;
let admins: FakeAdmins;
let queue: QueueDeliveries;

beforeEach(async () => {
  clock = new FakeClock();
  webhooks = new FakeWebhooks(clock);
  deliveries = new FakeDeliveries(clock, webhooks);
  const work = new FakeUnitOfWork([webhooks, deliveries]);
  admins = new FakeAdmins(work);
  queue = new QueueDeliveries(admins, webhooks, deliveries, new FakeIds(), clock);
  await webhooks.add(aWebhook('all'), Buffer.alloc(32));
  await webhooks.add(aWebhook('pools', { types: ['pool.awarded'] }), Buffer.alloc(32));
});

const queued = () => [...deliveries.rows.values()].map(({ webhookId, messageId }) => `${webhookId}: ${messageId}`);

describe('queue deliveries of an event', () => {
  it('makes one for each webhook that wants it', async () => {
    await queue.handleAll([drawn, awarded]);
    expect(queued()).toEqual(['all: message 1', 'all: message 2', 'pools: message 2']);
  });

  it('tells all of them the same: what happened, when, and its facts', async () => {
    await queue.handle(awarded);
    const bodies = [...deliveries.rows.values()].map(({ body }) => body);
    const expected = { type: 'pool.awarded', version: 1, timestamp: '2026-11-22T00:00:01.000Z', data: { pot: '10' } };
    expect(bodies.map((body) => JSON.parse(body) as object)).toEqual([expected, expected]);
  });

  it('passes over webhooks that are disabled or removed', async () => {
    await webhooks.disable('all');
    await webhooks.remove('pools');
    await queue.handleAll([drawn, awarded]);
    expect(queued()).toEqual([]);
  });
});

describe('try a webhook', () => {
  it('queues a message that means nothing, due at once', async () => {
    const id = await queue.test('pools', admins.id);
    expect(deliveries.rows.get(id)).toMatchObject({
      webhookId: 'pools',
      type: 'webhook.test',
      status: 'pending',
      nextAttemptAt: clock.now(),
    });
    expect(JSON.parse(deliveries.rows.get(id)?.body ?? '')).toEqual({
      type: 'webhook.test',
      version: 1,
      timestamp: clock.now().toISOString(),
      data: { webhookId: 'pools' },
    });
  });

  it('is another message each time', async () => {
    const [first, second] = [await queue.test('all', admins.id), await queue.test('all', admins.id)];
    expect(deliveries.rows.get(first)?.messageId).not.toBe(deliveries.rows.get(second)?.messageId);
  });

  it('refuses one that there is not, and queues nothing', async () => {
    await expect(queue.test('none', admins.id)).rejects.toThrow(WebhookNotFound);
    expect(queued()).toEqual([]);
  });

  it('refuses one that is disabled, and queues nothing', async () => {
    await webhooks.disable('all');
    await expect(queue.test('all', admins.id)).rejects.toThrow(WebhookDisabled);
    expect(queued()).toEqual([]);
  });
});

describe('retry a delivery', () => {
  let id: string;

  beforeEach(async () => {
    id = await queue.test('all', admins.id);
    const [leased] = await deliveries.lease(1, [], 60_000);
    await deliveries.record(leased!, { statusCode: 500 }, { status: 'failed', pauseMs: null });
  });

  it('makes it due at once, with all its attempts before it', async () => {
    clock.pass(1_000);
    await queue.retry('all', id, admins.id);
    expect(deliveries.rows.get(id)).toMatchObject({ status: 'pending', attempts: 0, nextAttemptAt: clock.now() });
  });

  it('refuses a delivery of another webhook', async () => {
    await expect(queue.retry('pools', id, admins.id)).rejects.toThrow(DeliveryNotFound);
    expect(deliveries.rows.get(id)?.status).toBe('failed');
  });

  it('refuses a delivery that there is not', async () => {
    await expect(queue.retry('all', 'none', admins.id)).rejects.toThrow(DeliveryNotFound);
  });

  it('refuses a webhook that there is not, or not any more', async () => {
    await expect(queue.retry('none', id, admins.id)).rejects.toThrow(WebhookNotFound);
    await webhooks.remove('all');
    await expect(queue.retry('all', id, admins.id)).rejects.toThrow(WebhookNotFound);
  });

  it('refuses a webhook that is disabled, and changes nothing', async () => {
    await webhooks.disable('all');
    await expect(queue.retry('all', id, admins.id)).rejects.toThrow(WebhookDisabled);
    expect(deliveries.rows.get(id)?.status).toBe('failed');
  });
});
