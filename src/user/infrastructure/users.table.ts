import { EntitySchema } from 'typeorm';
import { APPEND, Rights, update } from '../../platform/database/rights';
import { User } from '../domain/user';
import { knownAddressesTable, loginAttemptRights, loginAttemptsTable } from './login-attempts.table';
import { refreshTokensTable, sessionRights, sessionsTable } from './sessions.table';

export const usersTable = new EntitySchema<User>({
  name: 'User',
  target: User,
  tableName: 'users',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'users_pk' },
    username: { type: 'text' },
    usernameKey: { type: 'text', name: 'username_key' },
    email: { type: 'text', nullable: true },
    name: { type: 'text', nullable: true },
    passwordHash: { type: 'text', name: 'password_hash' },
    role: { type: 'text' },
    playerSalt: { type: 'bytea', name: 'player_salt' },
    bannedAt: { type: 'timestamptz', name: 'banned_at', nullable: true },
    banReason: { type: 'text', name: 'ban_reason', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  },
  uniques: [{ name: 'users_username_key_unique', columns: ['usernameKey'] }],
  checks: [
    { name: 'users_role_known', expression: `role in ('player', 'admin')` },
    { name: 'users_player_salt_size', expression: 'octet_length(player_salt) = 32' },
    { name: 'users_reason_needs_ban', expression: 'ban_reason is null or banned_at is not null' },
  ],
  indices: [
    { name: 'users_banned', columns: ['id'], where: 'banned_at is not null' },
    { name: 'users_admins', columns: ['id'], where: `role = 'admin'` },
  ],
});

export const userTables = [usersTable, sessionsTable, refreshTokensTable, loginAttemptsTable, knownAddressesTable];

export const userRights: Rights = {
  ...loginAttemptRights,
  ...sessionRights,
  users: [...APPEND, ...update('role', 'banned_at', 'ban_reason')],
};
