import { EntitySchema } from 'typeorm';

/** A row as the driver gives it: int8 arrives as text. */
export interface DrawRow {
  readonly id: string;
  readonly name: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly winners: number;
  readonly openNote: string;
  readonly sealNote: string | null;
  readonly sealedAt: Date | null;
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
    closesAt: { name: 'closes_at', type: 'timestamptz' },
    winners: { type: 'integer' },
    openNote: { name: 'open_note', type: 'text' },
    sealNote: { name: 'seal_note', type: 'text', nullable: true },
    sealedAt: { name: 'sealed_at', type: 'timestamptz', nullable: true },
    exclusions: { type: 'text', nullable: true },
    drawNote: { name: 'draw_note', type: 'text', nullable: true },
    drawnAt: { name: 'drawn_at', type: 'timestamptz', nullable: true },
    winnerIndexes: { name: 'winner_indexes', type: 'int8', array: true, nullable: true },
  },
  checks: [
    { name: 'draws_winners_positive', expression: 'winners >= 1' },
    { name: 'draws_seal_whole', expression: 'num_nulls(seal_note, sealed_at, exclusions) in (0, 3)' },
    { name: 'draws_draw_whole', expression: 'num_nulls(draw_note, drawn_at, winner_indexes) in (0, 3)' },
    { name: 'draws_sealed_before_drawn', expression: 'draw_note is null or seal_note is not null' },
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

export const drawTables = [drawsTable, drawSecretsTable];
