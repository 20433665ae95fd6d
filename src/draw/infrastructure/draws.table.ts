import { EntitySchema } from 'typeorm';
import { APPEND, Rights, update } from '../../platform/database/rights';
import type { Trigger } from '../domain/trigger';

/** A row as the driver returns it: int8 arrives as text. */
export interface DrawRow {
  readonly id: string;
  readonly name: string;
  readonly opensAt: Date;
  readonly closesAt: Date | null;
  readonly fullSize: number | null;
  readonly winners: number;
  readonly openNote: string;
  readonly beaconChain: Buffer | null;
  readonly openRound: string | null;
  readonly sealNote: string | null;
  readonly sealedAt: Date | null;
  readonly trigger: Trigger | null;
  readonly sealRound: string | null;
  readonly beaconSignature: Buffer | null;
  readonly exclusions: string | null;
  readonly drawNote: string | null;
  readonly drawnAt: Date | null;
  readonly winnerIndexes: readonly string[] | null;
}

export const drawsTable = new EntitySchema<DrawRow>({
  name: 'draws',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'draws_pk' },
    name: { type: 'text' },
    opensAt: { name: 'opens_at', type: 'timestamptz' },
    closesAt: { name: 'closes_at', type: 'timestamptz', nullable: true },
    fullSize: { name: 'full_size', type: 'integer', nullable: true },
    winners: { type: 'integer' },
    openNote: { name: 'open_note', type: 'text' },
    beaconChain: { name: 'beacon_chain', type: 'bytea', nullable: true },
    openRound: { name: 'open_round', type: 'int8', nullable: true },
    sealNote: { name: 'seal_note', type: 'text', nullable: true },
    sealedAt: { name: 'sealed_at', type: 'timestamptz', nullable: true },
    exclusions: { type: 'text', nullable: true },
    trigger: { type: 'text', nullable: true },
    sealRound: { name: 'seal_round', type: 'int8', nullable: true },
    beaconSignature: { name: 'beacon_signature', type: 'bytea', nullable: true },
    drawNote: { name: 'draw_note', type: 'text', nullable: true },
    drawnAt: { name: 'drawn_at', type: 'timestamptz', nullable: true },
    winnerIndexes: { name: 'winner_indexes', type: 'int8', array: true, nullable: true },
  },
  checks: [
    { name: 'draws_winners_positive', expression: 'winners >= 1' },
    { name: 'draws_full_size_positive', expression: 'full_size >= 1' },
    { name: 'draws_closes_one_way', expression: 'num_nonnulls(closes_at, full_size) = 1' },
    { name: 'draws_full_without_open_round', expression: 'full_size is null or open_round is null' },
    { name: 'draws_trigger_known', expression: "trigger in ('schedule', 'manual', 'full')" },
    { name: 'draws_beacon_signature_size', expression: 'octet_length(beacon_signature) = 48' },
    { name: 'draws_seal_whole', expression: 'num_nulls(seal_note, sealed_at, exclusions, trigger) in (0, 4)' },
    {
      name: 'draws_round_of_chain',
      expression: `(open_round is null or beacon_chain is not null)
        and (seal_round is not null) = (beacon_chain is not null and seal_note is not null)`,
    },
    { name: 'draws_signature_of_round', expression: 'beacon_signature is null or seal_round is not null' },
    {
      name: 'draws_signature_before_draw',
      expression: 'draw_note is null or (seal_round is not null) = (beacon_signature is not null)',
    },
    { name: 'draws_draw_whole', expression: 'num_nulls(draw_note, drawn_at, winner_indexes) in (0, 3)' },
    { name: 'draws_sealed_before_drawn', expression: 'draw_note is null or seal_note is not null' },
  ],
  foreignKeys: [
    {
      target: 'beacon_chains',
      columnNames: ['beaconChain'],
      referencedColumnNames: ['hash'],
      name: 'draws_beacon_chain_fk',
    },
  ],
});

/** Rows as the driver returns them. */
export interface BeaconChainRow {
  readonly hash: Buffer;
  readonly publicKey: Buffer;
  readonly genesisSeconds: string;
  readonly periodSeconds: number;
  readonly scheme: string;
}

export const beaconChainsTable = new EntitySchema<BeaconChainRow>({
  name: 'beacon_chains',
  columns: {
    hash: { type: 'bytea', primary: true, primaryKeyConstraintName: 'beacon_chains_pk' },
    publicKey: { name: 'public_key', type: 'bytea' },
    genesisSeconds: { name: 'genesis_seconds', type: 'int8' },
    periodSeconds: { name: 'period_seconds', type: 'integer' },
    scheme: { type: 'text' },
  },
  checks: [
    { name: 'beacon_chains_hash_size', expression: 'octet_length(hash) = 32' },
    { name: 'beacon_chains_public_key_size', expression: 'octet_length(public_key) = 96' },
    { name: 'beacon_chains_period_positive', expression: 'period_seconds > 0' },
  ],
});

export const drawSecretsTable = new EntitySchema<{ drawId: string; secret: Buffer }>({
  name: 'draw_secrets',
  columns: {
    drawId: { name: 'draw_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'draw_secrets_pk' },
    secret: { type: 'bytea' },
  },
  foreignKeys: [
    { target: 'draws', columnNames: ['drawId'], referencedColumnNames: ['id'], name: 'draw_secrets_draw_fk' },
  ],
  checks: [{ name: 'draw_secrets_size', expression: 'octet_length(secret) = 32' }],
});

export const drawTables = [drawsTable, beaconChainsTable, drawSecretsTable];

export const drawRights: Rights = {
  beacon_chains: APPEND,
  draw_secrets: APPEND,
  draws: [
    ...APPEND,
    ...update('seal_note', 'sealed_at', 'exclusions', 'trigger', 'seal_round', 'beacon_signature'),
    ...update('draw_note', 'drawn_at', 'winner_indexes'),
  ],
};
