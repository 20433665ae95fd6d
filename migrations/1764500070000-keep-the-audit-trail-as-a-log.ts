import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As those of the journal: what is appended stays, the one row of the log only grows. */
const GUARDS = `
  create trigger audit_hashes_append_only before update or delete or truncate on audit_hashes
    for each statement execute function refuse_change();
  create trigger audit_checkpoints_append_only before update or delete or truncate on audit_checkpoints
    for each statement execute function refuse_change();
  create trigger audit_never_deleted before delete or truncate on audit
    for each statement execute function refuse_deletion();
  create function audit_legal_moves() returns trigger language plpgsql as $$ begin
    if old.single <> new.single or new.size < old.size or new.size = old.size and new.frontier <> old.frontier then
      raise exception 'this row of audit does not move like that' using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger audit_legal_moves before update on audit
    for each row execute function audit_legal_moves()`;

/** Keys that there are get their entries in the audit trail, with ids as the service makes them (UUIDv7). */
const RECORD_KEYS = `
  insert into audit_entries (id, at, actor, action, subject, details)
  select overlay(overlay(replace(gen_random_uuid()::text, '-', '')
      placing lpad(to_hex((extract(epoch from known_since) * 1000)::bigint), 12, '0') from 1) placing '7' from 13)::uuid,
    known_since, 'service', 'verifier-key.recorded', regexp_replace(verifier_key, '\\+[^+]*$', ''),
    jsonb_build_object('verifierKey', verifier_key,
      'knownSince', to_char(known_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from verifier_keys`;

/**
 * Why: triggers keep the service and the owner from changing the audit trail, but nothing showed that somebody had done
 * it all the same. Its entries become the leaves of a log with signed checkpoints. Entries that there are get their
 * places in the order of their ids, and each verifier key an entry that vouches for it; the service signs for them when it starts next, because a migration has no key.
 * Locks: audit_entries, ACCESS EXCLUSIVE, while each entry is written once more (a second for some 100,000). Replicas of
 * an earlier version must not run afterwards: what they record has no place in the log and is refused.
 * Reversible: as long as the log is empty; a second one of the same name would be a second history.
 */
export class KeepTheAuditTrailAsALog1764500070000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit (
        single boolean constraint audit_pk primary key constraint audit_single check (single),
        size bigint not null constraint audit_size_natural check (size >= 0),
        frontier bytea not null
      )`);
    await runner.query(`insert into audit (single, size, frontier) values (true, 0, '')`);
    await runner.query(`
      create table audit_hashes (
        level smallint not null constraint audit_hashes_level_natural check (level >= 0),
        index bigint not null constraint audit_hashes_index_natural check (index >= 0),
        hash bytea not null constraint audit_hashes_hash_size check (octet_length(hash) = 32),
        constraint audit_hashes_pk primary key (level, index)
      )`);
    await runner.query(`
      create table audit_checkpoints (
        size bigint constraint audit_checkpoints_pk primary key,
        note text not null
      )`);
    await runner.query(RECORD_KEYS);
    await runner.query('alter table audit_entries add column index bigint');
    await runner.query('alter table audit_entries disable trigger audit_entries_append_only');
    await runner.query(`
      update audit_entries set index = place - 1
      from (select id, row_number() over (order by id) as place from audit_entries) as places
      where places.id = audit_entries.id`);
    await runner.query('alter table audit_entries enable trigger audit_entries_append_only');
    await runner.query(`
      alter table audit_entries
        alter column index set not null,
        add constraint audit_entries_index_unique unique (index),
        add constraint audit_entries_index_natural check (index >= 0)`);
    await runner.query(GUARDS);
    await runner.query('alter table verifier_keys add column entry bigint');
    await runner.query(`
      update verifier_keys set entry = audit_entries.index from audit_entries
      where action = 'verifier-key.recorded' and details ->> 'verifierKey' = verifier_key`);
    await runner.query('alter table verifier_keys alter column entry set not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    const [{ size }] = (await runner.query('select size from audit')) as [{ size: string }];
    if (size !== '0') throw new Error('the audit log has signed checkpoints: a second one would be a second history');
    await runner.query('alter table verifier_keys drop column entry');
    await runner.query('alter table audit_entries disable trigger audit_entries_append_only');
    await runner.query(`delete from audit_entries where action = 'verifier-key.recorded'`);
    await runner.query('alter table audit_entries enable trigger audit_entries_append_only');
    await runner.query('alter table audit_entries drop column index');
    await runner.query('drop table audit_checkpoints, audit_hashes, audit');
    await runner.query('drop function audit_legal_moves()');
  }
}
