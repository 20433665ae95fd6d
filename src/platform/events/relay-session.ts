import { MEMBER_LOCKS, PARTITION_LOCKS } from '../database/advisory-locks';
import { Session, shownDuration } from '../database/session';
import { TimeoutClient } from '../database/timeout-client';
import { OutboxChannel } from './outbox-rows';
import { OUTBOX_CHANNEL, OUTBOX_PARTITIONS } from './typeorm-outbox';

/** How long a partition stays without a holder, and how soon a new replica gets its share. */
const SHARE_INTERVAL_MS = 1_000;
const CONNECTION_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 10_000;
/**
 * TCP keepalive of the session. A holder whose machine vanished keeps its locks until the server notices: after 25 s
 * with these settings, otherwise after hours.
 */
const NOTICE_VANISHED = { tcp_keepalives_idle: '10', tcp_keepalives_interval: '5', tcp_keepalives_count: '3' };

const PARTITIONS = Array.from({ length: OUTBOX_PARTITIONS }, (_, partition) => partition);

const COUNT_MEMBERS = `
  select count(*)::integer as members, current_setting('transaction_read_only')::boolean as "isReadOnly" from pg_locks
  where locktype = 'advisory' and classid = ${MEMBER_LOCKS} and granted
    and database = (select oid from pg_database where datname = current_database())`;

/** Takes locks row by row until there are enough: every lock taken is a partition returned. */
const TAKE = `
  select partition from unnest($1::integer[]) as t (partition)
  where pg_try_advisory_lock(${PARTITION_LOCKS}, partition) limit $2`;

/**
 * A connection of its own whose advisory locks say which partitions are ours. A lost connection loses them at once;
 * PostgreSQL then grants them to the next replica that asks.
 */
export class RelaySession {
  private readonly held = new Set<number>();
  /** Partitions beyond our share: no longer ours, and not yet another replica's. */
  private readonly leaving = new Set<number>();
  private readonly client: TimeoutClient;
  private alive = false;
  private sharedAtMs = -Infinity;

  /** `wake` is called when something was committed, or when the session has ended. */
  constructor(
    { url, ...session }: { readonly url: string } & Pick<Session, 'role' | 'schema'>,
    private readonly wake: () => void,
  ) {
    this.client = new TimeoutClient({
      connectionString: url,
      application_name: 'lottery-relay',
      keepAlive: true,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      session: {
        ...session,
        settings: { statement_timeout: shownDuration(STATEMENT_TIMEOUT_MS) },
        wishes: NOTICE_VANISHED,
      },
    });
    this.client.on('notification', wake);
    // An `end` follows each error; without a listener, an error would end the process.
    this.client.on('error', () => {
      this.lose();
    });
    this.client.on('end', () => {
      this.lose();
    });
  }

  /** @throws Error if the database cannot be reached */
  async open(): Promise<void> {
    await this.client.connect();
    this.alive = true;
    await this.client.query(`listen ${OUTBOX_CHANNEL}`);
    await this.client.query(`select pg_advisory_lock_shared(${MEMBER_LOCKS}, 0)`);
  }

  get isAlive(): boolean {
    return this.alive;
  }

  /** Whether any partition is ours. */
  get isHolder(): boolean {
    return this.alive && this.held.size > 0;
  }

  holds(partition: number): boolean {
    return this.alive && this.held.has(partition);
  }

  /**
   * Runs once a second: takes free partitions up to an equal share for each relay, and marks ours beyond that share as
   * leaving. @throws Error if the connection is lost, or is one to a server that is no primary any more
   */
  async share(): Promise<void> {
    if (performance.now() - this.sharedAtMs < SHARE_INTERVAL_MS) return;
    this.sharedAtMs = performance.now();
    const { rows } = await this.client.query<{ members: number; isReadOnly: boolean }>(COUNT_MEMBERS);
    const [{ members, isReadOnly } = { members: 0, isReadOnly: true }] = rows;
    if (isReadOnly) {
      this.lose();
      throw new Error('the database is read-only');
    }
    const share = Math.ceil(OUTBOX_PARTITIONS / Math.max(1, members));
    for (const partition of [...this.held].slice(share)) {
      this.held.delete(partition);
      this.leaving.add(partition);
    }
    if (this.held.size < share) await this.take(share - this.held.size);
  }

  /**
   * Releases the leaving partitions, except these, which are being worked on. @throws Error if the connection is lost
   */
  async giveBack(isUnderWay: (partition: number) => boolean): Promise<void> {
    const idle = [...this.leaving].filter((partition) => !isUnderWay(partition));
    if (idle.length === 0) return;
    await this.client.query(
      `select pg_advisory_unlock(${PARTITION_LOCKS}, partition) from unnest($1::integer[]) as t (partition)`,
      [idle],
    );
    for (const partition of idle) this.leaving.delete(partition);
  }

  /** Returns those of our partitions that have events to deliver. @throws Error if the connection is lost */
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

  private async take(count: number): Promise<void> {
    const others = PARTITIONS.filter((partition) => !this.held.has(partition) && !this.leaving.has(partition));
    const { rows } = await this.client.query<{ partition: number }>(TAKE, [others, count]);
    for (const { partition } of rows) this.held.add(partition);
  }

  private lose(): void {
    this.alive = false;
    this.held.clear();
    this.leaving.clear();
    this.wake();
  }
}
