import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: people, their log-ins and the attempts that slow down guessing. `username_key` is the folded spelling, so that one
 * name is one person whatever its case. A session is a family of refresh tokens: its row is the lock under which they
 * rotate and the one place where they are revoked together. Indexes on users are partial, so that a registration writes
 * none but the two unique ones; the age indexes serve the bounded clean-up.
 * Locks: none on existing tables. Reversible: yes, the accounts are lost.
 */
export class CreateUsers1763700001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table users (
        id uuid constraint users_pk primary key,
        username text not null,
        username_key text not null constraint users_username_key_unique unique,
        email text,
        name text,
        password_hash text not null,
        role text not null constraint users_role_known check (role in ('player', 'admin')),
        player_salt bytea not null constraint users_player_salt_size check (octet_length(player_salt) = 32),
        banned_at timestamptz,
        ban_reason text,
        created_at timestamptz not null,
        constraint users_reason_needs_ban check (ban_reason is null or banned_at is not null)
      )`);
    await runner.query('create index users_banned on users (id) where banned_at is not null');
    await runner.query(`create index users_admins on users (id) where role = 'admin'`);
    await runner.query(`
      create table sessions (
        id uuid constraint sessions_pk primary key,
        user_id uuid not null constraint sessions_user_fk references users (id),
        expires_at timestamptz not null,
        revoked_at timestamptz
      )`);
    await runner.query('create index sessions_by_expiry on sessions (expires_at)');
    await runner.query(`
      create table refresh_tokens (
        digest bytea constraint refresh_tokens_pk primary key
          constraint refresh_tokens_digest_size check (octet_length(digest) = 32),
        session_id uuid not null constraint refresh_tokens_session_fk references sessions (id) on delete cascade,
        used_at timestamptz
      )`);
    await runner.query('create index refresh_tokens_by_session on refresh_tokens (session_id)');
    await runner.query(`
      create table login_attempts (
        subject text constraint login_attempts_pk primary key,
        attempts integer not null constraint login_attempts_natural check (attempts >= 0),
        last_attempt_at timestamptz not null,
        next_attempt_at timestamptz not null
      )`);
    await runner.query('create index login_attempts_by_age on login_attempts (last_attempt_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table login_attempts');
    await runner.query('drop table refresh_tokens');
    await runner.query('drop table sessions');
    await runner.query('drop table users');
  }
}
