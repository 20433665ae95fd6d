import { Injectable } from '@nestjs/common';
import { IsNull, LessThan } from 'typeorm';
import { Page, pageOf, PageRequest } from '../../shared/application/page';
import { REGISTRATION_LOCK } from '../../platform/database/advisory-locks';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { Webhooks } from '../application/webhooks';
import { WebhookNotFound } from '../domain/errors';
import { Webhook } from '../domain/webhook';
import { webhooksTable } from './webhooks.table';

const PRESENT = { removedAt: IsNull() };

@Injectable()
export class TypeOrmWebhooks extends Webhooks {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async countUnderLock(): Promise<number> {
    await this.work.writer.query('select pg_advisory_xact_lock($1)', [REGISTRATION_LOCK]);
    return this.work.writer.count(webhooksTable, { where: PRESENT });
  }

  async add({ id, url, types, description, createdAt }: Webhook, secret: Buffer): Promise<void> {
    await this.work.writer.query(
      'insert into webhooks (id, url, types, description, created_at) values ($1, $2, $3, $4, $5)',
      [id, url, types, description, createdAt],
    );
    await this.work.writer.query('insert into webhook_secrets (webhook_id, secret) values ($1, $2)', [id, secret]);
  }

  async rotateSecret(id: string, secret: Buffer, overlapSeconds: number): Promise<number> {
    // The row lock of the secret keeps two rotations apart.
    const [old] = await this.work.writer.query<{ secret: Buffer }[]>(
      'select secret from webhook_secrets where webhook_id = $1 for update',
      [id],
    );
    if (!old) throw new WebhookNotFound();
    await this.work.writer.query(
      'delete from webhook_old_secrets where webhook_id = $1 and ($2 = 0 or ends_at <= database_time())',
      [id, overlapSeconds],
    );
    if (overlapSeconds > 0) {
      await this.work.writer.query(
        `insert into webhook_old_secrets (webhook_id, secret, ends_at)
         values ($1, $2, database_time() + make_interval(secs => $3))`,
        [id, old.secret, overlapSeconds],
      );
    }
    await this.work.writer.query('update webhook_secrets set secret = $2 where webhook_id = $1', [id, secret]);
    const [row] = await this.work.writer.query<[{ count: number }]>(
      'select count(*)::integer as count from webhook_old_secrets where webhook_id = $1',
      [id],
    );
    return row.count;
  }

  async get(id: string): Promise<Webhook> {
    const webhook = await this.work.reader.findOneBy(webhooksTable, { id, ...PRESENT });
    if (webhook === null) throw new WebhookNotFound();
    return webhook;
  }

  async remove(id: string): Promise<void> {
    const [, affected] = await this.work.writer.query<[unknown[], number]>(
      'update webhooks set removed_at = database_time() where id = $1 and removed_at is null',
      [id],
    );
    if (affected === 0) throw new WebhookNotFound();
    // Without the secret nothing is sent.
    await this.work.writer.query('delete from webhook_secrets where webhook_id = $1', [id]);
    await this.work.writer.query('delete from webhook_old_secrets where webhook_id = $1', [id]);
  }

  async page({ cursor, limit }: PageRequest): Promise<Page<Webhook>> {
    const found = await this.work.reader.find(webhooksTable, {
      where: { ...PRESENT, ...(cursor === null ? {} : { id: LessThan(cursor) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(found, limit, ({ id }) => id);
  }

  async enabled(): Promise<readonly Webhook[]> {
    return this.work.reader.find(webhooksTable, { where: { ...PRESENT, disabledAt: IsNull() }, order: { id: 'ASC' } });
  }

  async pause(id: string, milliseconds: number): Promise<void> {
    await this.work.writer.query(
      `update webhooks set paused_until = greatest(paused_until, database_time() + $2 * interval '1 millisecond')
       where id = $1`,
      [id, milliseconds],
    );
  }

  async resume(id: string): Promise<void> {
    await this.work.writer.query('update webhooks set paused_until = null where id = $1 and paused_until is not null', [
      id,
    ]);
  }

  async disable(id: string): Promise<void> {
    await this.work.writer.query(
      'update webhooks set disabled_at = database_time() where id = $1 and disabled_at is null',
      [id],
    );
  }
}
