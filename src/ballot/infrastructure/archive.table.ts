import { EntitySchema } from 'typeorm';
import { READ, Rights } from '../../platform/database/rights';

export interface BallotPartitionRow {
  readonly name: string;
  /** The first id of its draws. */
  readonly firstDraw: string;
  /** The first id after its draws. */
  readonly endDraw: string;
  /** The folder of its files in the archive; null before archiving begins. */
  readonly folder: string | null;
  /** Draws of the partition that are not archived with it; null before archiving begins. */
  readonly leftOut: readonly string[] | null;
  readonly ballots: string | null;
  /** The smallest and the largest ballot id; null if there is no ballot. */
  readonly firstBallot: string | null;
  readonly lastBallot: string | null;
  /** From this instant on the archive holds the only copy. */
  readonly archivedAt: Date | null;
  readonly cleanedAt: Date | null;
}

const partitions = new EntitySchema<BallotPartitionRow>({
  name: 'ballot_partitions',
  columns: {
    name: { type: 'text', primary: true, primaryKeyConstraintName: 'ballot_partitions_pk' },
    firstDraw: { name: 'first_draw', type: 'uuid' },
    endDraw: { name: 'end_draw', type: 'uuid' },
    folder: { type: 'text', nullable: true },
    leftOut: { name: 'left_out', type: 'uuid', array: true, nullable: true },
    ballots: { type: 'int8', nullable: true },
    firstBallot: { name: 'first_ballot', type: 'uuid', nullable: true },
    lastBallot: { name: 'last_ballot', type: 'uuid', nullable: true },
    archivedAt: { name: 'archived_at', type: 'timestamptz', nullable: true },
    cleanedAt: { name: 'cleaned_at', type: 'timestamptz', nullable: true },
  },
  checks: [
    { name: 'ballot_partitions_ascending', expression: 'first_draw < end_draw' },
    {
      name: 'ballot_partitions_archived_somewhere',
      expression: 'archived_at is null or num_nulls(folder, left_out, ballots) = 0',
    },
    { name: 'ballot_partitions_cleaned_last', expression: 'cleaned_at is null or archived_at is not null' },
  ],
});

const files = new EntitySchema({
  name: 'ballot_archive_files',
  columns: {
    partitionName: {
      name: 'partition_name',
      type: 'text',
      primary: true,
      primaryKeyConstraintName: 'ballot_archive_files_pk',
    },
    kind: { type: 'text', primary: true, primaryKeyConstraintName: 'ballot_archive_files_pk' },
    number: { type: 'integer', primary: true, primaryKeyConstraintName: 'ballot_archive_files_pk' },
    bytes: { type: 'integer' },
    rows: { type: 'int8' },
    sha256: { type: 'bytea' },
    lastId: { name: 'last_id', type: 'uuid' },
    lastNumber: { name: 'last_number', type: 'int8' },
  },
  checks: [
    { name: 'ballot_archive_files_kind_known', expression: "kind in ('ballots', 'ids', 'checkpoints')" },
    { name: 'ballot_archive_files_sha256_size', expression: 'octet_length(sha256) = 32' },
  ],
});

const blocks = new EntitySchema({
  name: 'ballot_archive_blocks',
  columns: {
    partitionName: {
      name: 'partition_name',
      type: 'text',
      primary: true,
      primaryKeyConstraintName: 'ballot_archive_blocks_pk',
    },
    kind: { type: 'text', primary: true, primaryKeyConstraintName: 'ballot_archive_blocks_pk' },
    firstId: { name: 'first_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'ballot_archive_blocks_pk' },
    firstNumber: {
      name: 'first_number',
      type: 'int8',
      primary: true,
      primaryKeyConstraintName: 'ballot_archive_blocks_pk',
    },
    file: { type: 'integer' },
    position: { type: 'integer' },
    bytes: { type: 'integer' },
    sha256: { type: 'bytea' },
  },
  checks: [{ name: 'ballot_archive_blocks_sha256_size', expression: 'octet_length(sha256) = 32' }],
});

export const archiveTables = [partitions, files, blocks];

/** The archiver works as the owner of the tables; the service only reads what it has moved. */
export const archiveRights: Rights = {
  ballot_archive_blocks: READ,
  ballot_archive_files: READ,
  ballot_partitions: READ,
};
