import { BatchHandler, ReceivedMessage, RefusedMessage } from '../../../src/shared/application/batch-handler';
import { TypeOrmInbox } from '../../../src/platform/events/typeorm-inbox';
import { TypeOrmUnitOfWork } from '../../../src/platform/database/typeorm-unit-of-work';
import { createTestDatabase, TestDatabase } from '../../support/test-database';

/** Writes each message into a table in the transaction of its claim: what a use case does that handles messages. */
export class InboxHandler extends BatchHandler {
  /** Messages that came, those that came again among them. */
  delivered = 0;
  private readonly work: TypeOrmUnitOfWork;
  private readonly inbox: TypeOrmInbox;

  private constructor(readonly database: TestDatabase) {
    super();
    this.work = new TypeOrmUnitOfWork(database.dataSource);
    this.inbox = new TypeOrmInbox(this.work);
  }

  static async create(): Promise<InboxHandler> {
    const database = await createTestDatabase();
    await database.dataSource.query('create table effects (place serial, key text, value text)');
    return new InboxHandler(database);
  }

  async handle(messages: readonly ReceivedMessage[]): Promise<readonly RefusedMessage[]> {
    await this.work.run(async () => {
      const ids = messages.map(({ id }) => id);
      const fresh = new Set(await this.inbox.claim('test', ids));
      const taken = messages.filter(({ id }) => fresh.delete(id));
      await this.work.writer.query(
        `insert into effects (key, value) select key, value from unnest($1::text[], $2::text[]) with ordinality as t (key, value, n)
         order by n`,
        [taken.map(({ key }) => String(key)), taken.map(({ value }) => String(value))],
      );
    });
    this.delivered += messages.length;
    return [];
  }

  async count(): Promise<number> {
    const [row] = await this.database.dataSource.query<[{ count: number }]>('select count(*)::int from effects');
    return row.count;
  }

  /** The values of each key in the order in which they took effect. */
  async effects(): Promise<Map<string, number[]>> {
    const rows = await this.database.dataSource.query<{ key: string; values: string[] }[]>(
      'select key, array_agg(value order by place) as values from effects group by key',
    );
    return new Map(rows.map(({ key, values }) => [key, values.map(Number)]));
  }
}
