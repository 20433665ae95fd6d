import { auditLine } from '../../shared/domain/audit-line';
import { demand, Fault } from '../domain/fault';
import { instantOf } from '../domain/stored-texts';
import type { TrustedKeys } from '../domain/trusted-keys';
import { CheckSignedLog, LogEntry } from './check-signed-log';
import type { AuditEntryRow, Records } from './records';
import type { Tally } from './tally';

/** Checks the audit trail against its log: no act was changed, added or removed since it was recorded. */
export class CheckAuditLog {
  private readonly log: CheckSignedLog;

  constructor(
    private readonly records: Records,
    keys: TrustedKeys,
    tally: Tally,
  ) {
    this.log = new CheckSignedLog('audit', records, keys, tally);
  }

  /** @throws Fault */
  async execute(): Promise<void> {
    try {
      await this.log.execute(this.entries());
    } catch (error) {
      throw error instanceof Fault ? error.of('the audit log') : error;
    }
  }

  private async *entries(): AsyncGenerator<readonly LogEntry[]> {
    for await (const rows of this.records.auditEntries()) yield rows.map(entryOf);
  }
}

function entryOf({ index, id, at: storedAt, actor, action, subject, details }: AuditEntryRow): LogEntry {
  const at = instantOf(storedAt);
  const row = { table: 'audit_entries', key: { index } };
  demand(at !== null, 'audit', row, `at is ${storedAt}, which is no whole millisecond`);
  const facts = { id, at, actor, action, subject, details: JSON.parse(details) as Record<string, string> };
  return { index, leaf: auditLine(facts) };
}
