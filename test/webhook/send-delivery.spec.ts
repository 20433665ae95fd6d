import { createHmac } from 'node:crypto';
import { NoMetrics } from '../../src/shared/application/metrics';
import { SendDelivery } from '../../src/webhook/application/send-delivery';
import { MAX_ATTEMPTS } from '../../src/webhook/domain/delivery';
import { FakeClock, FakeUnitOfWork } from '../shared/fakes';
import { aWebhook, FakeDeliveries, FakeSender, FakeWebhooks } from './fakes';

const SECRET = Buffer.alloc(32, 7);
const LEASE_MS = 60_000;

describe('send a delivery', () => {
  let clock: FakeClock;
  let webhooks: FakeWebhooks;
  let deliveries: FakeDeliveries;
  let sender: FakeSender;
  let work: FakeUnitOfWork;
  let sending: SendDelivery;
  let attempts: string[];

  beforeEach(async () => {
    clock = new FakeClock();
    webhooks = new FakeWebhooks(clock);
    deliveries = new FakeDeliveries(clock, webhooks);
    sender = new FakeSender();
    work = new FakeUnitOfWork([webhooks, deliveries]);
    attempts = [];
    const metrics = new NoMetrics();
    jest.spyOn(metrics, 'counter').mockReturnValue({
      add: ({ result }: { result: string }, count) => void (count === 0 || attempts.push(result)),
    });
    sending = new SendDelivery(work, deliveries, webhooks, sender, metrics);
    await webhooks.add(aWebhook('one', { url: 'https://receiver.example/hook' }), SECRET);
    const message = { webhookId: 'one', messageId: 'message 1', type: 'thing.moved', body: '{"type":"thing.moved"}' };
    await deliveries.add([{ id: 'delivery 1', ...message }]);
  });

  afterEach(() => jest.restoreAllMocks());

  const send = async (chance = 0): Promise<void> => {
    for (const leased of await sending.lease(10, [])) await sending.execute(leased, chance);
  };

  const kept = () => deliveries.rows.get('delivery 1');

  it('posts the body, signed as Standard Webhooks says', async () => {
    await send();
    const seconds = String(clock.now().getTime() / 1000);
    const mac = createHmac('sha256', SECRET).update(`message 1.${seconds}.{"type":"thing.moved"}`).digest('base64');
    expect(sender.sent).toEqual([
      {
        url: 'https://receiver.example/hook',
        body: '{"type":"thing.moved"}',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'lottery-service',
          'webhook-id': 'message 1',
          'webhook-timestamp': seconds,
          'webhook-signature': `v1,${mac}`,
        },
      },
    ]);
  });

  it.each([
    [{ statusCode: 429, retryAfterMs: 120_000 }, 120_000, 'one'],
    [{ statusCode: 503, retryAfterMs: 120_000 }, 120_000, 'one'],
    [{ statusCode: 503, retryAfterMs: 1_000 }, 5_000, 'one'],
    [{ statusCode: 500, retryAfterMs: 120_000 }, 5_000, null],
  ])(
    'is tried again after the later of our pause and what the receiver asks for: %j',
    async (outcome, pauseMs, paused) => {
      sender.outcome = outcome;
      await send(0);
      expect(kept()?.nextAttemptAt).toEqual(new Date(clock.now().getTime() + pauseMs));
      const { pausedUntil } = await webhooks.get('one');
      expect(pausedUntil?.getTime()).toEqual(paused ? clock.now().getTime() + outcome.retryAfterMs : undefined);
    },
  );

  it('waits with all others while the receiver wants to be left alone, unless an admin asks', async () => {
    sender.outcome = { statusCode: 429, retryAfterMs: 60_000 };
    await send();
    await deliveries.add([
      { id: 'delivery 2', webhookId: 'one', messageId: 'message 2', type: 'thing.moved', body: '{}' },
    ]);
    clock.pass(59_999);
    await send();
    expect(sender.sent).toHaveLength(1);
    await webhooks.resume('one');
    await send();
    expect(sender.sent).toHaveLength(2);
  });

  it('is over once the receiver has taken it', async () => {
    await send();
    expect(kept()).toMatchObject({ status: 'delivered', attempts: 1, nextAttemptAt: null, lastStatusCode: 204 });
    await send();
    expect(sender.sent).toHaveLength(1);
    expect(attempts).toEqual(['delivered']);
  });

  it('is tried again after 5 seconds, or a fifth more by chance', async () => {
    sender.outcome = { error: 'it cannot be reached' };
    await send(0);
    expect(kept()).toMatchObject({ status: 'pending', lastError: 'it cannot be reached', lastStatusCode: null });
    expect(kept()?.nextAttemptAt).toEqual(new Date(clock.now().getTime() + 5_000));
    expect(attempts).toEqual(['pending']);
    await deliveries.retry('one', 'delivery 1');
    await send(0.5);
    expect(kept()?.nextAttemptAt).toEqual(new Date(clock.now().getTime() + 5_500));
  });

  it('has failed after its last attempt, with the same id each time', async () => {
    sender.outcome = { statusCode: 500 };
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      expect(kept()?.status).toBe('pending');
      await send();
      clock.pass(13 * 3_600_000);
    }
    expect(kept()).toMatchObject({ status: 'failed', attempts: MAX_ATTEMPTS, nextAttemptAt: null });
    expect(new Set(sender.sent.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(['message 1']));
    expect(attempts.at(-1)).toBe('failed');
    await send();
    expect(sender.sent).toHaveLength(MAX_ATTEMPTS);
  });

  it('has failed at once, and the webhook is disabled, when the receiver answers 410', async () => {
    sender.outcome = { statusCode: 410 };
    await send();
    expect(kept()).toMatchObject({ status: 'failed', lastStatusCode: 410, nextAttemptAt: null });
    expect((await webhooks.get('one')).disabledAt).toEqual(clock.now());
  });

  it.each([301, 404, 500])('leaves the webhook enabled after a %i', async (statusCode) => {
    sender.outcome = { statusCode };
    await send();
    expect((await webhooks.get('one')).disabledAt).toBeNull();
  });

  it('keeps what became of it and the end of the webhook together, or neither', async () => {
    sender.outcome = { statusCode: 410 };
    jest.spyOn(webhooks, 'disable').mockRejectedValueOnce(new Error('the database is away'));
    await expect(send()).rejects.toThrow('the database is away');
    expect(kept()?.status).toBe('pending');
  });

  it('holds no transaction open while the receiver thinks', async () => {
    const running: boolean[] = [];
    sender.meanwhile = () => void running.push(work.isRunning);
    await send();
    expect(running).toEqual([false]);
  });

  it('belongs to one sender until its lease ends, then to the next', async () => {
    const [leased] = await sending.lease(10, []);
    clock.pass(LEASE_MS - 1);
    expect(await sending.lease(10, [])).toEqual([]);
    clock.pass(1);
    expect(await sending.lease(10, [])).toMatchObject([{ id: leased?.id, attempts: 2 }]);
  });

  it('is not recorded by a sender whose lease somebody else has taken over', async () => {
    sender.outcome = { statusCode: 500 };
    sender.meanwhile = async () => {
      clock.pass(LEASE_MS);
      await sending.lease(10, []);
    };
    await send();
    expect(kept()).toMatchObject({ status: 'pending', attempts: 2, lastStatusCode: null });
  });

  it('takes one for each webhook, none of a busy one, and no more than asked for', async () => {
    await webhooks.add(aWebhook('two'), SECRET);
    const message = { messageId: 'message 2', type: 'thing.moved', body: '{}' };
    await deliveries.add([
      { id: 'delivery 2', webhookId: 'one', ...message },
      { id: 'delivery 3', webhookId: 'two', ...message },
    ]);
    expect((await sending.lease(10, ['one'])).map(({ id }) => id)).toEqual(['delivery 3']);
    expect((await sending.lease(1, [])).map(({ id }) => id)).toEqual(['delivery 1']);
  });
});
