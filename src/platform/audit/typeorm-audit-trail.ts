import { Injectable, OnModuleInit } from '@nestjs/common';
import { LessThan, MoreThanOrEqual } from 'typeorm';
import { AuditedAct, AuditTrail } from '../../shared/application/audit-trail';
import { Clock } from '../../shared/application/clock';
import { Ids } from '../../shared/application/ids';
import { NoteSigner } from '../../shared/application/note-signer';
import { Page, pageOf, PageRequest } from '../../shared/application/page';
import { extendLog } from '../../shared/application/signed-log';
import { auditLine } from '../../shared/domain/audit-line';
import { formatInstant } from '../../shared/domain/instant';
import type { Frontier } from '../../shared/domain/merkle-tree';
import { sqlState } from '../database/sql-state';
import { TypeOrmUnitOfWork } from '../database/typeorm-unit-of-work';
import { TypeOrmLog } from '../transparency/typeorm-log';
import { AuditEntry, auditEntriesTable } from './audit-entries.table';

/** Follows the origin in the first line of every checkpoint of the audit log (docs/operations.md). */
export const AUDIT = 'audit';

/** Entries of before there was a log that are taken over with one checkpoint. */
const TAKEN_AT_ONCE = 5_000;

const ENTRY = `
  insert into audit_entries (index, id, at, actor, action, subject, details)
  select $1::bigint - 1, $7::uuid, $8::timestamptz, $9, $10, $11, $12::jsonb`;
const NO_ENTRY = 'select $1::bigint';

/** SQLSTATE of a lock that did not come free in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** The audit trail: rows, and a log over them that is signed. */
@Injectable()
export class TypeOrmAuditTrail extends AuditTrail implements OnModuleInit {
  /** The log's tree. */
  readonly log: TypeOrmLog;

  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly signer: NoteSigner,
  ) {
    super();
    this.log = new TypeOrmLog(work, AUDIT);
  }

  /** Signs for what was recorded before there was a log, unless another process does it. */
  async onModuleInit(): Promise<void> {
    while ((await this.log.size()) === 0) {
      try {
        await this.work.run(() => this.current());
        return;
      } catch (error) {
        if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
      }
    }
  }

  async record({ actor, action, subject, details = {}, at: given }: AuditedAct): Promise<number> {
    const tree = await this.current();
    const at = given ?? this.clock.now();
    const id = this.ids.next(at);
    const who = typeof actor === 'string' ? actor : actor.userId;
    const line = auditLine({ id, at: formatInstant(at), actor: who, action, subject, details });
    const appended = extendLog(tree, [line], this.signer, AUDIT);
    const parameters = [id, at, who, action, subject, JSON.stringify(details)];
    await this.log.append(appended, { sql: ENTRY, parameters });
    return tree.size;
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

  /** The exact bytes of an entry's leaf, or null if there is none. */
  async lineAt(index: number): Promise<string | null> {
    const entry = await this.work.reader.findOneBy(auditEntriesTable, { index: String(index) });
    return entry && lineOf(entry);
  }

  /** The current tree under the log's lock. An empty one takes what there is already, once. */
  private async current(): Promise<Frontier> {
    let tree = await this.log.lock();
    if (tree.size > 0) return tree;
    for (let entries = await this.from(0); entries.length > 0; entries = await this.from(tree.size)) {
      const appended = extendLog(tree, entries.map(lineOf), this.signer, AUDIT);
      await this.log.append(appended, { sql: NO_ENTRY, parameters: [] });
      tree = appended.frontier;
    }
    return tree;
  }

  private from(index: number): Promise<AuditEntry[]> {
    return this.work.reader.find(auditEntriesTable, {
      where: { index: MoreThanOrEqual(String(index)) },
      order: { index: 'ASC' },
      take: TAKEN_AT_ONCE,
    });
  }
}

function lineOf({ at, ...entry }: AuditEntry): string {
  return auditLine({ ...entry, at: formatInstant(at) });
}
