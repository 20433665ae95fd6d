import { EntitySchema } from 'typeorm';
import { APPEND, Rights, update } from '../../platform/database/rights';

interface LoginAttemptsRow {
  /** See TypeOrmLoginAttempts and TypeOrmSignUps. */
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

interface KnownAddressRow {
  readonly usernameKey: string;
  readonly address: string;
  readonly lastLoginAt: Date;
}

/** Where the owners of accounts have logged in. */
export const knownAddressesTable = new EntitySchema<KnownAddressRow>({
  name: 'known_addresses',
  columns: {
    usernameKey: {
      type: 'text',
      name: 'username_key',
      primary: true,
      primaryKeyConstraintName: 'known_addresses_pk',
    },
    address: { type: 'text', primary: true, primaryKeyConstraintName: 'known_addresses_pk' },
    lastLoginAt: { type: 'timestamptz', name: 'last_login_at' },
  },
});

export const loginAttemptRights: Rights = {
  known_addresses: [...APPEND, ...update('last_login_at'), 'delete'],
  login_attempts: [...APPEND, 'update', 'delete'],
};
