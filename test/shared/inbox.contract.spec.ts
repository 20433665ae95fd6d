import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { TypeOrmInbox } from '../../src/platform/events/typeorm-inbox';
import type { Inbox } from '../../src/shared/application/inbox';
import type { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { FakeInbox, FakeUnitOfWork } from './fakes';

interface Subject {
  readonly inbox: Inbox;
  readonly work: UnitOfWork;
}

describe.each(['the fake', 'PostgreSQL'])('an inbox in %s', (kind) => {
  let database: TestDatabase | undefined;
  let inbox: Inbox;
  let work: UnitOfWork;

  beforeAll(async () => {
    if (kind === 'PostgreSQL') database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  beforeEach(async () => {
    ({ inbox, work } = database ? await inPostgres(database) : inMemory());
  });

  const claim = (consumer: string, ...messageIds: string[]) => work.run(() => inbox.claim(consumer, messageIds));

  it('gives each message to a consumer once, in the order asked for', async () => {
    expect(await claim('stakes', 'b', 'a', 'c')).toEqual(['b', 'a', 'c']);
    expect(await claim('stakes', 'd', 'c', 'b', 'a', 'e')).toEqual(['d', 'e']);
    expect(await claim('stakes', 'a')).toEqual([]);
  });

  it('gives a message that comes twice at once, once', async () => {
    expect(await claim('stakes', 'a', 'b', 'a')).toEqual(['a', 'b']);
  });

  it('keeps consumers apart', async () => {
    await claim('stakes', 'a');
    expect(await claim('webhooks', 'a')).toEqual(['a']);
  });

  it('gives nothing where there is nothing', async () => {
    expect(await claim('stakes')).toEqual([]);
  });

  it('gives again what a failed unit of work had claimed', async () => {
    const failing = work.run(async () => {
      await inbox.claim('stakes', ['a']);
      throw new Error('too late');
    });
    await expect(failing).rejects.toThrow('too late');
    expect(await claim('stakes', 'a')).toEqual(['a']);
  });

  function inMemory(): Subject {
    const fake = new FakeInbox();
    return { inbox: fake, work: new FakeUnitOfWork([fake]) };
  }

  async function inPostgres({ dataSource }: TestDatabase): Promise<Subject> {
    await dataSource.query('truncate inbox_messages');
    const unitOfWork = new TypeOrmUnitOfWork(dataSource);
    return { inbox: new TypeOrmInbox(unitOfWork), work: unitOfWork };
  }
});
