import { ImpatientClient } from './impatient-client';
import { OutboxChannel } from './outbox-rows';
import { OUTBOX_CHANNEL, OUTBOX_PARTITIONS } from './typeorm-outbox';

/** The first key of the advisory locks: `relay` among whatever else may be locked in this database. */
const LOCK_CLASS = 0x7e1a7;
const CONNECTION_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 10_000;
/** A holder whose machine has vanished keeps its locks until the server notices: after 25 s with these, else after hours. */
const NOTICE_VANISHED = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

const PARTITIONS = Array.from({ length: OUTBOX_PARTITIONS }, (_, partition) => partition);

/**
 * A connection of its own whose advisory locks say which partitions are ours. Who loses the connection has lost them, at
 * once and without a word to anybody; PostgreSQL then gives them to whoever asks next.
 */
export class RelaySession {
  private readonly held = new Set<number>();
  private readonly client: ImpatientClient;
  private alive = false;

  /** `wake`: something was committed, or the session has ended. */
  constructor(
    url: string,
    private readonly wake: () => void,
  ) {
    this.client = new ImpatientClient({
      connectionString: url,
      application_name: 'lottery-relay',
      keepAlive: true,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      options: `-c TimeZone=UTC ${NOTICE_VANISHED}`,
    });
    this.client.on('notification', wake);
    // Errors are followed by the end; without a listener they would end the process.
    this.client.on('error', () => {
      this.lose();
    });
    this.client.on('end', () => {
      this.lose();
    });
  }

  /** @throws where the database cannot be reached */
  async open(): Promise<void> {
    await this.client.connect();
    this.alive = true;
    await this.client.query(`listen ${OUTBOX_CHANNEL}`);
  }

  get isAlive(): boolean {
    return this.alive;
  }

  holds(partition: number): boolean {
    return this.alive && this.held.has(partition);
  }

  /** Takes the partitions that nobody holds. Gives whether we hold any. @throws when the connection is lost */
  async takePartitions(): Promise<boolean> {
    const missing = PARTITIONS.filter((partition) => !this.held.has(partition));
    if (missing.length > 0) {
      const { rows } = await this.client.query<{ partition: number }>(
        `select partition from unnest($1::integer[]) as t (partition) where pg_try_advisory_lock(${LOCK_CLASS}, partition)`,
        [missing],
      );
      for (const { partition } of rows) this.held.add(partition);
    }
    return this.held.size > 0;
  }

  /** Those of our partitions that have something to deliver. @throws when the connection is lost */
  async pendingPartitions(channel: OutboxChannel): Promise<readonly number[]> {
    const { rows } = await this.client.query<{ partition: number }>(
      `select partition from unnest($1::integer[]) as t (partition)
       where exists (select from outbox_events e where e.partition = t.partition and ${channel}_at is null)`,
      [[...this.held]],
    );
    return rows.map(({ partition }) => partition);
  }

  async close(): Promise<void> {
    this.lose();
    await this.client.end().catch(() => undefined);
  }

  private lose(): void {
    this.alive = false;
    this.held.clear();
    this.wake();
  }
}
