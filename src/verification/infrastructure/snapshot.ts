import { Client, QueryConfig, types } from 'pg';
import { TimeoutClient } from '../../platform/database/timeout-client';

const CONNECTION_TIMEOUT_MS = 5_000;
/** Rows in memory at a time for each cursor; as many again are in flight. */
const PIECE = 5_000;

/** Every value in PostgreSQL's text format, so that nothing is rounded or lost. */
const AS_TEXT = { getTypeParser: () => (text: string) => text };

interface Connection {
  readonly url: string;
  readonly role: string | undefined;
  /** The schema of the tables; absent: as the search path of the login says. */
  readonly schema?: string;
}

/**
 * One read-only transaction that sees the database as it was when the transaction began. It takes no lock that would
 * stop the service; while it is open, PostgreSQL keeps old versions of rows, and no table can be dropped.
 */
export class Snapshot {
  private last: Promise<unknown> = Promise.resolve();
  private cursors = 0;

  private constructor(private readonly client: Client) {}

  /** @throws Error if the database cannot be reached */
  static async open({ url, role, schema }: Connection): Promise<Snapshot> {
    const client = new TimeoutClient({
      connectionString: url,
      application_name: 'lottery-verify',
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      keepAlive: true,
      session: { role, schema },
      types: AS_TEXT,
    });
    // A running query gets the error itself; without a listener, a broken connection would end the process.
    client.on('error', () => undefined);
    await client.connect();
    const snapshot = new Snapshot(client);
    await snapshot.query('begin isolation level repeatable read, read only');
    // Before the snapshot is fixed: no month may be archived between then and its reading.
    await snapshot.query('lock table ballots in access share mode');
    return snapshot;
  }

  /** Every value as text. */
  query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.send({ text: sql, values: [...parameters] });
  }

  /** Every value as `pg` parses it. */
  values<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.send({ text: sql, values: [...parameters], types });
  }

  /** The rows in pieces; the next piece is fetched while one is processed. The statement takes no parameters. */
  async *read<Row>(sql: string): AsyncGenerator<readonly Row[]> {
    const name = `rows_${this.cursors++}`;
    await this.query(`declare ${name} no scroll cursor for ${sql}`);
    for (let coming = this.fetch<Row>(name); ;) {
      const rows = await coming;
      if (rows.length === 0) break;
      coming = this.fetch<Row>(name);
      yield rows;
    }
    await this.query(`close ${name}`);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  /** Runs one statement at a time, whoever asks. */
  private async send<Row>(statement: QueryConfig): Promise<Row[]> {
    const turn = this.last.then(() => this.client.query(statement));
    this.last = turn.catch(() => undefined);
    return (await turn).rows as Row[];
  }

  private fetch<Row>(name: string): Promise<Row[]> {
    const rows = this.query<Row>(`fetch ${PIECE} from ${name}`);
    // A reader that stops early never awaits it.
    rows.catch(() => undefined);
    return rows;
  }
}
