import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: the facts from which a draw's assurance follows: the beacon chain and round that its open note fixed, what sealed
 * it, the round that its seal note fixed, and the beacon's signature once that is known. A chain is recorded with the
 * first draw that is bound to it, so that no later configuration can strand or redirect that draw.
 * Locks: draws, ACCESS EXCLUSIVE, while the trigger of sealed draws is read from their notes (milliseconds).
 * Reversible: as long as no draw is bound to a beacon; one that is must never be drawn without it.
 */
export class BindDrawsToBeacons1763700005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table beacon_chains (
        hash bytea constraint beacon_chains_pk primary key
          constraint beacon_chains_hash_size check (octet_length(hash) = 32),
        public_key bytea not null constraint beacon_chains_public_key_size check (octet_length(public_key) = 96),
        genesis_seconds bigint not null,
        period_seconds integer not null constraint beacon_chains_period_positive check (period_seconds > 0),
        scheme text not null
      )`);
    await runner.query(`
      alter table draws
        add beacon_chain bytea constraint draws_beacon_chain_fk references beacon_chains (hash),
        add open_round bigint,
        add trigger text constraint draws_trigger_known check (trigger in ('schedule', 'manual', 'full')),
        add seal_round bigint,
        add beacon_signature bytea constraint draws_beacon_signature_size check (octet_length(beacon_signature) = 48)`);
    await runner.query(
      `update draws set trigger = substring(seal_note from E'\\ntrigger (\\\\w+)\\n') where seal_note is not null`,
    );
    await runner.query(`
      alter table draws
        drop constraint draws_seal_whole,
        add constraint draws_seal_whole check (num_nulls(seal_note, sealed_at, exclusions, trigger) in (0, 4)),
        add constraint draws_round_of_chain check (
          (open_round is null or beacon_chain is not null)
          and (seal_round is not null) = (beacon_chain is not null and seal_note is not null)),
        add constraint draws_signature_of_round check (beacon_signature is null or seal_round is not null),
        add constraint draws_signature_before_draw check (
          draw_note is null or (seal_round is not null) = (beacon_signature is not null))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const bound = (await runner.query('select 1 from draws where beacon_chain is not null limit 1')) as unknown[];
    if (bound.length > 0) throw new Error('draws are bound to a beacon: without it they would be drawn otherwise');
    await runner.query(`
      alter table draws
        drop constraint draws_seal_whole,
        drop constraint draws_round_of_chain,
        drop constraint draws_signature_of_round,
        drop constraint draws_signature_before_draw,
        drop beacon_chain, drop open_round, drop trigger, drop seal_round, drop beacon_signature,
        add constraint draws_seal_whole check (num_nulls(seal_note, sealed_at, exclusions) in (0, 3))`);
    await runner.query('drop table beacon_chains');
  }
}
