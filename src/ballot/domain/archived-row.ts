import { invariant } from '../../shared/domain/invariant';
import { Ballot } from './ballot';

/**
 * The kinds of archived rows: `ballots` by draw and index, `ids` to find them by id, and `checkpoints` by draw and
 * size. Each kind is one ascending list of rows of text.
 */
export const ARCHIVE_KINDS = ['ballots', 'ids', 'checkpoints'] as const;
export type ArchiveKind = (typeof ARCHIVE_KINDS)[number];

/** The sort key of rows: first the id, then the number. */
export interface ArchiveKey {
  /** The draw's id; for kind `ids`, the ballot's. */
  readonly id: string;
  /** The index or the size; 0 for kind `ids`. */
  readonly number: number;
}

export const BEFORE_ALL: ArchiveKey = { id: '00000000-0000-0000-0000-000000000000', number: -1 };

/**
 * `<draw id> <index> <ballot id> <player> <instant> <user id>`: the published line is between the first and the last
 * field.
 */
const BALLOT_ROW = /^([0-9a-f-]{36}) (\d+) ([0-9a-f-]{36}) ([0-9a-f]{32}) (\S{24}) ([0-9a-f-]{36})$/;
/** `<ballot id> <draw id> <index>` */
const ID_ROW = /^([0-9a-f-]{36}) ([0-9a-f-]{36}) (\d+)$/;
/** `<draw id> <size> <signed note as a JSON text>` */
const CHECKPOINT_ROW = /^([0-9a-f-]{36}) (\d+) (".*")$/;

export function archivedBallot(row: string): Ballot {
  const [, drawId = '', index, id = '', player = '', submittedAt = '', userId = ''] = parsed(row, BALLOT_ROW);
  return new Ballot(drawId, Number(index), id, userId, player, new Date(submittedAt));
}

/** The leaf of the Merkle tree: the row without draw and user. */
export function archivedLine(row: string): string {
  return row.slice(row.indexOf(' ') + 1, row.lastIndexOf(' '));
}

export function archivedPlace(row: string): {
  readonly ballotId: string;
  readonly drawId: string;
  readonly index: number;
} {
  const [, ballotId = '', drawId = '', index] = parsed(row, ID_ROW);
  return { ballotId, drawId, index: Number(index) };
}

export function archivedCheckpoint(row: string): {
  readonly drawId: string;
  readonly size: number;
  readonly note: string;
} {
  const [, drawId = '', size, note = ''] = parsed(row, CHECKPOINT_ROW);
  return { drawId, size: Number(size), note: JSON.parse(note) as string };
}

export function archiveKeyOf(kind: ArchiveKind, row: string): ArchiveKey {
  const [id = '', number] = row.split(' ', 2);
  return { id, number: kind === 'ids' ? 0 : Number(number) };
}

function parsed(row: string, form: RegExp): RegExpExecArray {
  const parts = form.exec(row);
  invariant(parts, 'a row of the archive has its form');
  return parts;
}
