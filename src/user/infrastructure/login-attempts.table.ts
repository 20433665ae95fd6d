import { EntitySchema } from 'typeorm';
import { APPEND, Rights } from '../../platform/database/rights';

interface LoginAttemptsRow {
  /** `account:<username key>` or `address:<network address>`. */
  readonly subject: string;
  readonly attempts: number;
  readonly lastAttemptAt: Date;
  readonly nextAttemptAt: Date;
}

export const loginAttemptsTable = new EntitySchema<LoginAttemptsRow>({
  name: 'login_attempts',
  columns: {
    subject: { type: 'text', primary: true, primaryKeyConstraintName: 'login_attempts_pk' },
    attempts: { type: 'integer' },
    lastAttemptAt: { type: 'timestamptz', name: 'last_attempt_at' },
    nextAttemptAt: { type: 'timestamptz', name: 'next_attempt_at' },
  },
  checks: [{ name: 'login_attempts_natural', expression: 'attempts >= 0' }],
  indices: [{ name: 'login_attempts_by_age', columns: ['lastAttemptAt'] }],
});

export const loginAttemptRights: Rights = { login_attempts: [...APPEND, 'update', 'delete'] };
