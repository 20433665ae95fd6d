import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { Inbox } from '../../src/shared/application/inbox';
import { NewEvent, Outbox } from '../../src/shared/application/outbox';
import { startTestApp, TestApp } from '../support/test-app';

describe('the outbox', () => {
  let app: TestApp;
  let work: UnitOfWork;
  let outbox: Outbox;

  beforeAll(async () => {
    app = await startTestApp();
    work = app.app.get(UnitOfWork);
    outbox = app.app.get(Outbox);
  }, 60_000);

  afterAll(() => app.close());

  const event = (aggregateId: string, step: number): NewEvent => ({
    type: 'thing.moved',
    aggregateId,
    payload: { step },
  });

  const stored = (aggregateId: string) =>
    app.database.dataSource.query<{ version: number; step: number }[]>(
      `select aggregate_version as version, (payload->>'step')::int as step from outbox_events
       where aggregate_id = $1 order by position`,
      [aggregateId],
    );

  it('keeps the events of a unit of work that commits, numbered for each aggregate from 1', async () => {
    await work.run(() => outbox.add([event('a', 1), event('b', 1), event('a', 2)]));
    await work.run(() => outbox.add([event('a', 3)]));
    expect(await stored('a')).toEqual([1, 2, 3].map((n) => ({ version: n, step: n })));
    expect(await stored('b')).toEqual([{ version: 1, step: 1 }]);
  });

  it('forgets those of a unit of work that fails, and takes none outside of one', async () => {
    const failing = work.run(async () => {
      await outbox.add([event('c', 1)]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await stored('c')).toEqual([]);
    await expect(outbox.add([event('c', 1)])).rejects.toThrow('within a unit of work');
  });

  it('puts all events of an aggregate into one partition, and many aggregates into all', async () => {
    const names = Array.from({ length: 200 }, (_, i) => `aggregate ${i}`);
    for (const step of [1, 2]) await work.run(() => outbox.add(names.map((name) => event(name, step))));
    const rows = await app.database.dataSource.query<{ partitions: string; aggregate: string }[]>(
      `select count(distinct partition) as partitions, aggregate_id as aggregate from outbox_events
       where aggregate_id like 'aggregate %' group by aggregate_id`,
    );
    expect(rows.every(({ partitions }) => partitions === '1')).toBe(true);
    const [{ used }] = await app.database.dataSource.query<[{ used: string }]>(
      'select count(distinct partition) as used from outbox_events',
    );
    expect(used).toBe('8');
  });

  it('counts no longer for an aggregate whose last event was added', async () => {
    const counted = async () =>
      (await app.database.dataSource.query<[]>(`select from outbox_streams where aggregate_id in ('d', 'e')`)).length;
    await work.run(() => outbox.add([event('d', 1), event('e', 1)]));
    expect(await counted()).toBe(2);
    await work.run(() => outbox.add([event('d', 2), event('e', 2), { ...event('d', 3), isLast: true }]));
    expect((await stored('d')).map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(await counted()).toBe(1);
  });

  it('numbers the events of one aggregate without a gap when many are added at once', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => work.run(() => outbox.add([event('raced', i), event(`x${i}`, 0)]))),
    );
    expect((await stored('raced')).map(({ version }) => version)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });
});

describe('the inbox', () => {
  let app: TestApp;
  let work: UnitOfWork;
  let inbox: Inbox;

  beforeAll(async () => {
    app = await startTestApp();
    work = app.app.get(UnitOfWork);
    inbox = app.app.get(Inbox);
  }, 60_000);

  afterAll(() => app.close());

  const claim = (consumer: string, ids: string[]) => work.run(() => inbox.claim(consumer, ids));

  it('gives each message to each consumer once', async () => {
    expect(await claim('stakes', ['b', 'a', 'b'])).toEqual(['b', 'a']);
    expect(await claim('stakes', ['a', 'c'])).toEqual(['c']);
    expect(await claim('mails', ['a'])).toEqual(['a']);
  });

  it('gives it again where the effect failed', async () => {
    const failing = work.run(async () => {
      await inbox.claim('stakes', ['d']);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await claim('stakes', ['d'])).toEqual(['d']);
  });

  it('gives it to one of many who claim it at once', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `raced ${i}`);
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, i) => claim('stakes', i % 2 ? ids : ids.toReversed())),
    );
    expect(claims.flat().sort()).toEqual([...ids].sort());
  });
});
