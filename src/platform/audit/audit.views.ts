import { ApiProperty } from '@nestjs/swagger';
import { formatInstant } from '../../shared/domain/instant';
import type { AuditEntry } from './audit-entries.table';

/** A line of the audit trail as admins see it. */
export class AuditEntryView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

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
    this.at = formatInstant(entry.at);
    this.actor = entry.actor;
    this.action = entry.action;
    this.subject = entry.subject;
    this.details = entry.details;
  }
}
