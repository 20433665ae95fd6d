import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { AuditedAct, AuditTrail } from '../../shared/application/audit-trail';
import { Clock } from '../../shared/application/clock';
import { Ids } from '../../shared/application/ids';
import { Page, pageOf, PageRequest } from '../../shared/application/page';
import { AuditEntry, auditEntriesTable } from './audit-entries.table';
import { TypeOrmUnitOfWork } from '../database/typeorm-unit-of-work';

@Injectable()
export class TypeOrmAuditTrail extends AuditTrail {
  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    super();
  }

  async record({ actor, action, subject, details = {} }: AuditedAct): Promise<void> {
    const at = this.clock.now();
    const who = typeof actor === 'string' ? actor : actor.userId;
    await this.work.writer.insert(auditEntriesTable, {
      id: this.ids.next(at),
      at,
      actor: who,
      action,
      subject,
      details,
    });
  }

  /** Newest first. */
  async page({ cursor, limit }: PageRequest): Promise<Page<AuditEntry>> {
    const found = await this.work.reader.find(auditEntriesTable, {
      where: cursor === null ? {} : { id: LessThan(cursor) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(found, limit, (entry) => entry.id);
  }
}
