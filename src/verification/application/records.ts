import type { Fault } from '../domain/fault';
import type { BallotRow, CheckpointRow, DrawRow, EntryRow, SubtreeRow } from '../domain/rows';

/** The rows of a table in the order of its key, read once, some at a time. */
export abstract class Rows<Row> {
  /**
   * Those of this draw, which comes after the draw that was asked for last, in pieces. @throws Fault at rows of a draw
   * that does not exist.
   */
  abstract of(drawId: string): AsyncIterable<readonly Row[]>;
  /** @throws Fault if there is anything behind the last draw */
  abstract end(): Promise<void>;
}

export interface JournalEntryRow {
  readonly index: string;
  readonly statement: string;
}

/** Days, both included; null: no bound. */
export interface Range {
  readonly from: string | null;
  readonly to: string | null;
}

/** Draws whose ids lie in a range, and whose ballots have left the database together; with what finds them again. */
export interface ArchivedMonth {
  readonly name: string;
  readonly folder: string;
  readonly firstDraw: string;
  /** The first id beyond it. */
  readonly endDraw: string;
  /** The smallest and the largest ballot id, null where there is no ballot. */
  readonly firstBallot: string | null;
  readonly lastBallot: string | null;
  /** Their number. */
  readonly ballots: string;
}

/** The archive is not what the database says of it. */
export class ArchiveDamaged extends Error {}

/** What has left the database, as the database would give it. @throws ArchiveDamaged; other errors where it cannot be read. */
export abstract class ArchivedRows {
  abstract ballots(month: ArchivedMonth): AsyncIterable<readonly BallotRow[]>;
  abstract checkpoints(month: ArchivedMonth): AsyncIterable<readonly CheckpointRow[]>;
}

/** How much there is to read, of what is worth counting beforehand. */
export interface Amounts {
  readonly draws: number;
  readonly ballots: number;
  readonly keys: number;
  readonly entries: number;
}

/** The database at one moment, whatever is written meanwhile. Memory does not grow with the number of rows. */
export abstract class Records {
  abstract amounts(): Promise<Amounts>;
  /** Every draw between the first and the last of the range, in the order of ids. */
  abstract draws(): AsyncIterable<readonly DrawRow[]>;
  abstract readonly ballots: Rows<BallotRow>;
  abstract readonly subtrees: Rows<SubtreeRow>;
  abstract readonly checkpoints: Rows<CheckpointRow>;
  abstract readonly entries: Rows<EntryRow>;
  /** 32 bytes in hex for each of these people who are known; `kind`: whose they are. */
  abstract salts(kind: 'users' | 'pool_players', ids: readonly string[]): Promise<ReadonlyMap<string, string>>;

  abstract journal(): Promise<{ readonly size: string; readonly frontier: string }>;
  abstract journalEntries(): AsyncIterable<readonly JournalEntryRow[]>;
  /** In the order of sizes. */
  abstract journalCheckpoints(): AsyncIterable<readonly { readonly size: string; readonly note: string }[]>;
  /** Of leaves (level 0) or of everything above, in order. */
  abstract journalHashes(what: 'leaves' | 'subtrees'): AsyncIterable<readonly Omit<SubtreeRow, 'drawId'>[]>;
  /** The notes of these draws, by draw. */
  abstract notes(drawIds: readonly string[]): Promise<ReadonlyMap<string, readonly (string | null)[]>>;

  /** Idempotency keys that made a ballot which is not there, or is another player's; with how many were looked at. */
  abstract claims(): AsyncIterable<{ readonly read: number; readonly fault: Fault | null }>;
  /** Questions about whole tables: what belongs to nothing, what is there twice, what nobody recorded. First fault or null each. */
  abstract strays(): AsyncIterable<Fault | null>;
}
