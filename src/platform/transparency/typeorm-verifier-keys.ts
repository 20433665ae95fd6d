import { Injectable, OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { Clock } from '../../shared/application/clock';
import { NoteSigner } from '../../shared/application/note-signer';
import { KnownKey, VerifierKeys } from '../../shared/application/verifier-keys';
import { formatInstant } from '../../shared/domain/instant';
import { namesKey } from '../../shared/domain/signed-note';
import { sqlState } from '../database/sql-state';
import { TypeOrmUnitOfWork } from '../database/typeorm-unit-of-work';
import { verifierKeysTable } from './verifier-keys.table';

const UNIQUE_VIOLATION = '23505';
const RECORDED = 'verifier-key.recorded';

/** A row alone makes no key: the configuration or the audit log, which is signed, must vouch for it. */
const VOUCHED_FOR = `
  select verifier_key as "verifierKey", known_since as "knownSince" from verifier_keys
  where verifier_key = any($1) or exists (
    select from audit_entries
    where index = entry and action = '${RECORDED}' and details ->> 'verifierKey' = verifier_key)
  order by known_since, verifier_key`;

@Injectable()
export class TypeOrmVerifierKeys extends VerifierKeys implements OnModuleInit {
  constructor(
    private readonly signer: NoteSigner,
    private readonly work: TypeOrmUnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {
    super();
  }

  /** Runs before anything is signed with them. */
  async onModuleInit(): Promise<void> {
    for (const key of this.signer.verifierKeys) await this.recordOnce(key);
  }

  all(): Promise<readonly KnownKey[]> {
    return this.work.reader.query(VOUCHED_FOR, [this.signer.verifierKeys]);
  }

  async of(note: string): Promise<string> {
    const { verifierKey: current } = this.signer;
    if (namesKey(note, current)) return current;
    return (await this.all()).find(({ verifierKey }) => namesKey(note, verifierKey))?.verifierKey ?? current;
  }

  private async recordOnce(verifierKey: string): Promise<void> {
    if (await this.work.reader.existsBy(verifierKeysTable, { verifierKey })) return;
    try {
      await this.work.run(() => this.record(verifierKey));
    } catch (error) {
      // Another process recorded it meanwhile; this one's entry in the audit trail is taken back.
      if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    }
  }

  private async record(verifierKey: string): Promise<void> {
    const knownSince = await this.clock.synchronise();
    const details = { verifierKey, knownSince: formatInstant(knownSince) };
    const subject = verifierKey.slice(0, verifierKey.lastIndexOf('+'));
    const entry = await this.audit.record({ actor: 'service', at: knownSince, action: RECORDED, subject, details });
    await this.work.writer.insert(verifierKeysTable, { verifierKey, knownSince, entry: String(entry) });
  }
}
