import { randomUUID } from 'node:crypto';
import { NoMetrics } from '../../src/shared/application/metrics';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { WebhookMetrics } from '../../src/webhook/infrastructure/webhook-metrics';
import { createTestDatabase, TestDatabase } from '../support/test-database';

describe('what is seen of deliveries to webhooks', () => {
  let database: TestDatabase;
  const gauges = new Map<string, () => Promise<readonly { value: number }[]>>();

  beforeAll(async () => {
    database = await createTestDatabase();
    const metrics = Object.assign(new NoMetrics(), {
      gauge: ({ name }: { name: string }, read: () => Promise<readonly { value: number }[]>) => gauges.set(name, read),
    });
    new WebhookMetrics(metrics, new TypeOrmUnitOfWork(database.dataSource)).onModuleInit();
  });

  afterAll(() => database.drop());

  const read = async (name: string) => (await gauges.get(name)?.())?.[0]?.value;

  async function webhook(disabledAt: string | null = null): Promise<string> {
    const id = randomUUID();
    await database.dataSource.query(
      `insert into webhooks (id, url, types, created_at, disabled_at) values ($1, 'https://a.test', '{}', now(), $2)`,
      [id, disabledAt],
    );
    return id;
  }

  async function deliveries(webhookId: string, count: number, dueIn: string): Promise<void> {
    await database.dataSource.query(
      `insert into webhook_deliveries
         (id, webhook_id, message_id, type, body, status, attempts, created_at, next_attempt_at)
       select gen_random_uuid(), $1, gen_random_uuid(), 'a', '{}', 'pending', 0, now(), database_time() + $3::interval
       from generate_series(1, $2)`,
      [webhookId, count, dueIn],
    );
  }

  it('is nothing where none waits, and where what waits is not due', async () => {
    expect([await read('lottery_webhook_pending'), await read('lottery_webhook_late_seconds')]).toEqual([0, 0]);
    await deliveries(await webhook(), 2, '1 hour');
    expect([await read('lottery_webhook_pending'), await read('lottery_webhook_late_seconds')]).toEqual([2, 0]);
  });

  it('leaves out webhooks that are disabled', async () => {
    await deliveries(await webhook('2026-11-21T00:00:00Z'), 3, '-2 hours');
    expect([await read('lottery_webhook_pending'), await read('lottery_webhook_late_seconds')]).toEqual([2, 0]);
  });

  it('finds the one that is latest among more than are counted', async () => {
    const two = [await webhook(), await webhook()];
    for (const id of two) await deliveries(id, 10_000, '-1 minute');
    for (const [i, id] of two.entries()) {
      await deliveries(id, 1, `-${i + 1} hours`);
      expect(await read('lottery_webhook_pending')).toBe(10_000);
      const late = await read('lottery_webhook_late_seconds');
      expect(late).toBeGreaterThanOrEqual((i + 1) * 3_600);
      expect(late).toBeLessThan((i + 1) * 3_600 + 100);
    }
  });
});
