import { Injectable } from '@nestjs/common';
import type { StoredEvent } from '../../shared/application/outbox';
import { OUTBOX_PARTITIONS } from './typeorm-outbox';
import { TypeOrmUnitOfWork } from '../database/typeorm-unit-of-work';

/** Each channel delivers every event, independently of the other, and marks the rows that it has delivered. */
export type OutboxChannel = 'dispatched' | 'published';
const MARK: Readonly<Record<OutboxChannel, string>> = { dispatched: 'dispatched_at', published: 'published_at' };

/** Counting stops here: a larger number would tell operators nothing more, and would take time. */
const COUNTED_AT_MOST = 10_000;
/** How long delivered events can still be looked up. */
const OUTBOX_KEPT_DAYS = 7;
/** How many of the oldest rows one pruning reads: it skips a stuck event, and never takes long. */
const PRUNED_AT_ONCE = 1_000;

const COLUMNS = `position, id, type, aggregate_id as "aggregateId", aggregate_version as "aggregateVersion", payload,
  occurred_at as "occurredAt"`;

export interface PendingEvent {
  readonly position: string;
  readonly event: StoredEvent;
}

/**
 * The outbox as the relay reads it: by missing marks, never by position. A long transaction commits lower positions
 * after higher ones, which a cursor would have passed.
 */
@Injectable()
export class OutboxRows {
  constructor(private readonly work: TypeOrmUnitOfWork) {}

  /** The oldest events of the partition that this channel has not delivered, except those of these aggregates. */
  async undelivered(
    channel: OutboxChannel,
    partition: number,
    limit: number,
    heldBack: readonly string[],
  ): Promise<readonly PendingEvent[]> {
    const rows = await this.work.reader.query<(StoredEvent & { position: string })[]>(
      `select ${COLUMNS} from outbox_events where partition = $1 and ${MARK[channel]} is null
         and aggregate_id <> all ($2::text[])
       order by position limit $3`,
      [partition, heldBack, limit],
    );
    return rows.map(({ position, ...event }) => ({ position, event }));
  }

  /** The same for each of these partitions, in request order, including held-back aggregates. */
  async undeliveredIn(
    channel: OutboxChannel,
    partitions: readonly number[],
    limit: number,
  ): Promise<readonly (readonly PendingEvent[])[]> {
    const rows = await this.work.reader.query<(StoredEvent & { position: string; partition: number })[]>(
      `select found.* from unnest($1::smallint[]) as wanted (partition) cross join lateral (
         select ${COLUMNS}, partition from outbox_events e
         where e.partition = wanted.partition and ${MARK[channel]} is null order by position limit $2
       ) as found order by position`,
      [partitions, limit],
    );
    const found = new Map<number, PendingEvent[]>(partitions.map((partition) => [partition, []]));
    for (const { position, partition, ...event } of rows) found.get(partition)?.push({ position, event });
    return partitions.map((partition) => found.get(partition) ?? []);
  }

  /** How many events this channel has not delivered, up to a limit. */
  async pending(channel: OutboxChannel): Promise<number> {
    const [{ count }] = await this.work.reader.query<[{ count: string }]>(
      `select count(*)
       from (select from outbox_events where ${MARK[channel]} is null limit ${COUNTED_AT_MOST}) waiting`,
    );
    return Number(count);
  }

  /** The age of the oldest of them in seconds, 0 if there is none. One index look-up for each partition. */
  async oldestSeconds(channel: OutboxChannel): Promise<number> {
    const [{ seconds }] = await this.work.reader.query<[{ seconds: number }]>(
      `select coalesce(greatest(extract(epoch from max(database_time() - first.occurred_at)), 0), 0)::float8 as seconds
       from generate_series(0, ${OUTBOX_PARTITIONS - 1}) as t (partition), lateral (
         select occurred_at from outbox_events e
         where e.partition = t.partition and ${MARK[channel]} is null order by position limit 1
       ) first`,
    );
    return seconds;
  }

  /** Runs in a unit of work. */
  async mark(channel: OutboxChannel, delivered: readonly PendingEvent[]): Promise<void> {
    await this.work.writer.query(
      `update outbox_events set ${MARK[channel]} = database_time()
       where position = any ($1::bigint[]) and ${MARK[channel]} is null`,
      [delivered.map(({ position }) => position)],
    );
  }

  /**
   * Deletes expired events that all these channels have delivered, and the inbox rows of these consumers about them.
   * Bounded: call it again if it returns true. Runs in a unit of work.
   */
  async prune(channels: readonly OutboxChannel[], consumers: readonly string[]): Promise<boolean> {
    const delivered = channels.map((channel) => `and ${MARK[channel]} is not null`).join(' ');
    const [{ pruned }] = await this.work.writer.query<[{ pruned: string }]>(
      `with oldest as (
         select * from outbox_events order by position limit ${PRUNED_AT_ONCE}
       ), gone as (
         delete from outbox_events where position in (
           select position from oldest
           where occurred_at < database_time() - interval '${OUTBOX_KEPT_DAYS} days' ${delivered}
         ) returning id
       ), forgotten as (
         delete from inbox_messages where consumer = any ($1::text[]) and message_id in (select id::text from gone)
       )
       select count(*) as pruned from gone`,
      [consumers],
    );
    return Number(pruned) > 0;
  }
}
