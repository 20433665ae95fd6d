import { EntitySchema } from 'typeorm';
import { APPEND, Rights, update } from '../../platform/database/rights';

interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

export const sessionsTable = new EntitySchema<SessionRow>({
  name: 'sessions',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'sessions_pk' },
    userId: { type: 'uuid', name: 'user_id' },
    expiresAt: { type: 'timestamptz', name: 'expires_at' },
    revokedAt: { type: 'timestamptz', name: 'revoked_at', nullable: true },
  },
  foreignKeys: [{ name: 'sessions_user_fk', target: 'users', columnNames: ['userId'], referencedColumnNames: ['id'] }],
  indices: [
    { name: 'sessions_by_expiry', columns: ['expiresAt'] },
    { name: 'sessions_by_user', columns: ['userId'], where: 'revoked_at is null' },
    { name: 'sessions_ended', columns: ['revokedAt'], where: 'revoked_at is not null' },
  ],
});

interface RefreshTokenRow {
  readonly digest: Buffer;
  readonly sessionId: string;
  readonly usedAt: Date | null;
}

export const refreshTokensTable = new EntitySchema<RefreshTokenRow>({
  name: 'refresh_tokens',
  columns: {
    digest: { type: 'bytea', primary: true, primaryKeyConstraintName: 'refresh_tokens_pk' },
    sessionId: { type: 'uuid', name: 'session_id' },
    usedAt: { type: 'timestamptz', name: 'used_at', nullable: true },
  },
  foreignKeys: [
    {
      name: 'refresh_tokens_session_fk',
      target: 'sessions',
      columnNames: ['sessionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
  checks: [{ name: 'refresh_tokens_digest_size', expression: 'octet_length(digest) = 32' }],
  indices: [{ name: 'refresh_tokens_by_session', columns: ['sessionId'] }],
});

export const sessionRights: Rights = {
  refresh_tokens: [...APPEND, ...update('used_at')],
  sessions: [...APPEND, ...update('revoked_at'), 'delete'],
};
