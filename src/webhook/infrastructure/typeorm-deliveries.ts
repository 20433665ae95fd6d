import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Page, pageOf, PageRequest } from '../../shared/application/page';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { Deliveries, Delivery, LeasedDelivery, NewDelivery } from '../application/deliveries';
import { DeliveryNotFound } from '../domain/errors';
import type { Outcome, Verdict } from '../domain/delivery';
import { deliveriesTable } from './webhooks.table';

/** How long the outcome of a delivery can be looked up. */
const KEPT_DAYS = 30;
const PRUNED_AT_ONCE = 1_000;

/** One for each webhook, so that none waits for another; skips rows that another process is leasing. */
const LEASE = `
  with due as (
    select delivery.id, webhook.url, secrets.secret, array(
        select secret from webhook_old_secrets
        where webhook_id = webhook.id and ends_at > database_time() order by ends_at desc
      ) as old_secrets
    from webhooks webhook join webhook_secrets secrets on secrets.webhook_id = webhook.id
    cross join lateral (
      select id from webhook_deliveries
      where webhook_id = webhook.id and status = 'pending' and next_attempt_at <= database_time()
      order by next_attempt_at limit 1 for update skip locked
    ) delivery
    where webhook.disabled_at is null and webhook.id <> all ($2::uuid[])
      and (webhook.paused_until is null or webhook.paused_until <= database_time())
    limit $1
  ), taken as (
    update webhook_deliveries delivery set attempts = attempts + 1, last_attempt_at = database_time(),
      next_attempt_at = database_time() + $3 * interval '1 millisecond', last_status_code = null, last_error = null
    from due where delivery.id = due.id
    returning delivery.id, webhook_id as "webhookId", message_id as "messageId", type, body, url, secret,
      old_secrets as "oldSecrets", attempts, last_attempt_at as "attemptAt"
  )
  select * from taken`;

/** Some deliveries of each webhook for which this condition holds, skipping rows that another session has locked. */
const someOf = (webhooks: string, deliveries: string) => `
  select delivery.id from webhooks webhook cross join lateral (
    select id from webhook_deliveries where webhook_id = webhook.id and ${deliveries}
    limit ${PRUNED_AT_ONCE} for update skip locked
  ) delivery
  where ${webhooks} limit ${PRUNED_AT_ONCE}`;

const PRUNE = [
  `update webhook_deliveries set status = 'failed', next_attempt_at = null
   where id in (${someOf('webhook.disabled_at is not null', "status = 'pending'")})`,
  `delete from webhook_deliveries where id in (${someOf('webhook.removed_at is not null', 'true')})`,
  `delete from webhook_deliveries where id in (
     select id from (select * from webhook_deliveries order by id limit ${PRUNED_AT_ONCE}) oldest
     where status <> 'pending' and created_at < database_time() - interval '${KEPT_DAYS} days'
   )`,
  // A dispatch that read it before its removal has added its deliveries by then.
  `delete from webhooks webhook where removed_at < database_time() - interval '1 hour'
   and not exists (select from webhook_deliveries where webhook_id = webhook.id)`,
];

@Injectable()
export class TypeOrmDeliveries extends Deliveries {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async add(deliveries: readonly NewDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    const column = (name: keyof NewDelivery) => deliveries.map((delivery) => delivery[name]);
    await this.work.writer.query(
      `insert into webhook_deliveries
         (id, webhook_id, message_id, type, body, status, attempts, created_at, next_attempt_at)
       select id, webhook_id, message_id, type, body, 'pending', 0, now, now
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
         as t (id, webhook_id, message_id, type, body), (select database_time() as now offset 0) as clock`,
      [column('id'), column('webhookId'), column('messageId'), column('type'), column('body')],
    );
  }

  lease(limit: number, busyWebhookIds: readonly string[], leaseMs: number): Promise<readonly LeasedDelivery[]> {
    return this.work.writer.query<LeasedDelivery[]>(LEASE, [limit, busyWebhookIds, leaseMs]);
  }

  async record({ id, attempts }: LeasedDelivery, outcome: Outcome, { status, pauseMs }: Verdict): Promise<void> {
    await this.work.writer.query(
      `update webhook_deliveries set status = $3, next_attempt_at = database_time() + $4 * interval '1 millisecond',
         last_status_code = $5, last_error = $6
       where id = $1 and attempts = $2 and status = 'pending'`,
      [
        id,
        attempts,
        status,
        pauseMs,
        'statusCode' in outcome ? outcome.statusCode : null,
        'error' in outcome ? outcome.error : null,
      ],
    );
  }

  async page(webhookId: string, { cursor, limit }: PageRequest): Promise<Page<Delivery>> {
    const found = await this.work.reader.find(deliveriesTable, {
      where: { webhookId, ...(cursor === null ? {} : { id: LessThan(cursor) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(found, limit, ({ id }) => id);
  }

  async retry(webhookId: string, id: string): Promise<void> {
    // Restarts the count of attempts; a running attempt is no longer recorded.
    const [, affected] = await this.work.writer.query<[unknown[], number]>(
      `update webhook_deliveries set status = 'pending', attempts = 0, next_attempt_at = database_time()
       where webhook_id = $1 and id = $2`,
      [webhookId, id],
    );
    if (affected === 0) throw new DeliveryNotFound();
  }

  async prune(): Promise<boolean> {
    let more = false;
    for (const statement of PRUNE) {
      const [, affected] = await this.work.writer.query<[unknown[], number]>(statement);
      more ||= affected > 0;
    }
    return more;
  }
}
