import { Injectable } from '@nestjs/common';
import { Ids } from '../../shared/application/ids';
import { NewEvent, Outbox } from '../../shared/application/outbox';
import { TypeOrmUnitOfWork } from '../database/typeorm-unit-of-work';

/** Number of partitions, delivered side by side. All events of one aggregate are in one partition. */
export const OUTBOX_PARTITIONS = 8;
/** Notified at commit, so that listeners need not wait for the next poll. */
export const OUTBOX_CHANNEL = 'outbox';

/** Locks the streams in the order of their names, so that two units of work wait for each other but never deadlock. */
const ADD = `
  with added as (
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[]) with ordinality
      as t (id, type, aggregate_id, payload, occurred_at, place)
  ), counted as (
    select aggregate_id, count(*)::integer as events from added group by aggregate_id order by aggregate_id
  ), stream as (
    insert into outbox_streams as known (aggregate_id, version)
    select aggregate_id, events from counted
    on conflict (aggregate_id) do update set version = known.version + excluded.version
    returning aggregate_id, version
  )
  insert into outbox_events (id, type, aggregate_id, aggregate_version, partition, payload, occurred_at)
  select id, type, added.aggregate_id,
    stream.version - events + row_number() over (partition by added.aggregate_id order by place),
    mod(hashtext(added.aggregate_id)::bigint + 2147483648, ${OUTBOX_PARTITIONS}), payload,
    coalesce(occurred_at, database_time())
  from added join counted using (aggregate_id) join stream using (aggregate_id)
  order by place`;

/** Otherwise every aggregate would leave a row for ever. */
const END = 'delete from outbox_streams where aggregate_id = any ($1::text[])';

@Injectable()
export class TypeOrmOutbox extends Outbox {
  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly ids: Ids,
  ) {
    super();
  }

  async add(events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.work.writer.query(ADD, [
      events.map(() => this.ids.next()),
      events.map(({ type }) => type),
      events.map(({ aggregateId }) => aggregateId),
      events.map(({ payload }) => JSON.stringify(payload)),
      events.map(({ occurredAt }) => occurredAt),
    ]);
    const ended = events.filter(({ isLast = false }) => isLast).map(({ aggregateId }) => aggregateId);
    if (ended.length > 0) await this.work.writer.query(END, [ended]);
    await this.work.writer.query(`select pg_notify('${OUTBOX_CHANNEL}', '')`);
  }
}
