import { ApiProperty } from '@nestjs/swagger';
import type { LogInclusion } from '../../shared/application/signed-log';
import { formatInstant } from '../../shared/domain/instant';
import type { AuditEntry } from './audit-entries.table';

/** A line of the audit trail as admins see it. */
export class AuditEntryView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Place in the audit log, from 0 without gaps' })
  readonly index: number;

  @ApiProperty({ format: 'date-time' })
  readonly at: string;

  @ApiProperty({ description: 'A user’s id, operator or service' })
  readonly actor: string;

  @ApiProperty({ example: 'user.banned' })
  readonly action: string;

  @ApiProperty({ description: 'What it was done to: its id, or its date if that is its name' })
  readonly subject: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly details: Readonly<Record<string, string>>;

  constructor(entry: AuditEntry) {
    this.id = entry.id;
    this.index = Number(entry.index);
    this.at = formatInstant(entry.at);
    this.actor = entry.actor;
    this.action = entry.action;
    this.subject = entry.subject;
    this.details = entry.details;
  }
}

/** Proof that an entry is in the audit log. */
export class AuditProofView {
  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly index: number;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Number of leaves of the tree' })
  readonly size: number;

  @ApiProperty({ description: 'The entry as it is in the log: the exact bytes of the leaf' })
  readonly line: string;

  @ApiProperty({ type: [String], description: 'Hashes in hex, bottom first (RFC 9162 section 2.1.3)' })
  readonly proof: readonly string[];

  @ApiProperty({ type: String, nullable: true, description: 'Signed checkpoint of this size, null if none was made' })
  readonly checkpoint: string | null;

  constructor({ index, size, hashes, checkpoint }: LogInclusion, line: string) {
    this.index = index;
    this.size = size;
    this.line = line;
    this.proof = hashes.map((hash) => hash.toString('hex'));
    this.checkpoint = checkpoint;
  }
}
