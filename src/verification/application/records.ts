import type { Fault } from '../domain/fault';
import type { BallotRow, CheckpointRow, DrawRow, EntryRow, SubtreeRow } from '../domain/rows';

/** The rows of a table in the order of its key, read once, in pieces. */
export abstract class Rows<Row> {
  /**
   * The rows of this draw, in pieces. Draws must be asked for in ascending order. @throws Fault at rows of a draw that
   * does not exist.
   */
  abstract of(drawId: string): AsyncIterable<readonly Row[]>;
  /** @throws Fault if there are rows after the last draw */
  abstract end(): Promise<void>;
}

export interface JournalEntryRow {
  readonly index: string;
  readonly statement: string;
}

/** In PostgreSQL's text format. */
export interface AuditEntryRow {
  readonly index: string;
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: string;
}

/** A log whose checkpoints the service signs, by what follows the origin in them. */
export type LogName = 'journal' | 'audit' | 'wallet';

/** In PostgreSQL's text format. */
export interface TransferRow {
  readonly index: string;
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly causeId: string;
  readonly debitId: string;
  readonly creditId: string;
  readonly currency: string;
  readonly amountMinor: string;
  readonly holdId: string | null;
  readonly at: string;
}

/** Days, both included; null: no bound. */
export interface Range {
  readonly from: string | null;
  readonly to: string | null;
}

/** Draws whose ids lie in a range and whose ballots left the database together, and how to find them again. */
export interface ArchivedMonth {
  readonly name: string;
  readonly folder: string;
  readonly firstDraw: string;
  /** The first id beyond the range. */
  readonly endDraw: string;
  /** The smallest and the largest ballot id; null if there is no ballot. */
  readonly firstBallot: string | null;
  readonly lastBallot: string | null;
  /** Their number. */
  readonly ballots: string;
}

/** The archive differs from what the database records of it. */
export class ArchiveDamaged extends Error {}

/** Archived rows, as the database would return them. @throws ArchiveDamaged; other errors if it cannot be read. */
export abstract class ArchivedRows {
  abstract ballots(month: ArchivedMonth): AsyncIterable<readonly BallotRow[]>;
  abstract checkpoints(month: ArchivedMonth): AsyncIterable<readonly CheckpointRow[]>;
}

/** How many rows there are, of the tables worth counting beforehand. */
export interface Amounts {
  readonly draws: number;
  readonly ballots: number;
  readonly keys: number;
  readonly entries: number;
}

/** The database as of one moment, whatever is written meanwhile. Memory does not grow with the number of rows. */
export abstract class Records {
  abstract amounts(): Promise<Amounts>;
  /** Every draw between the first and the last of the range, in the order of ids. */
  abstract draws(): AsyncIterable<readonly DrawRow[]>;
  abstract readonly ballots: Rows<BallotRow>;
  abstract readonly subtrees: Rows<SubtreeRow>;
  abstract readonly checkpoints: Rows<CheckpointRow>;
  abstract readonly entries: Rows<EntryRow>;
  /** The salts, 32 bytes in hex, of those of these people who exist; `kind`: accounts or pool players. */
  abstract salts(kind: 'users' | 'pool_players', ids: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** The one row of a log's tree; null if there is none. */
  abstract logEdge(log: LogName): Promise<{ readonly size: string; readonly frontier: string } | null>;
  /** In ascending order of sizes. */
  abstract logCheckpoints(log: LogName): AsyncIterable<readonly { readonly size: string; readonly note: string }[]>;
  /** Of the leaves (level 0) or of all levels above, in order. */
  abstract logHashes(log: LogName, what: 'leaves' | 'subtrees'): AsyncIterable<readonly Omit<SubtreeRow, 'drawId'>[]>;
  abstract journalEntries(): AsyncIterable<readonly JournalEntryRow[]>;
  abstract auditEntries(): AsyncIterable<readonly AuditEntryRow[]>;
  abstract transfers(): AsyncIterable<readonly TransferRow[]>;
  /** The notes of these draws, by draw. */
  abstract notes(drawIds: readonly string[]): Promise<ReadonlyMap<string, readonly (string | null)[]>>;

  /** The migrations that ran, in their order. */
  abstract migrations(): Promise<readonly { readonly name: string; readonly timestamp: string }[]>;
  /** What is in the schema, by object, and the name of the service's role. */
  abstract schema(): Promise<{ readonly facts: ReadonlyMap<string, string>; readonly role: string }>;
  /** Idempotency keys whose ballot is missing or another player's, and how many keys were checked. */
  abstract claims(): AsyncIterable<{ readonly read: number; readonly fault: Fault | null }>;
  /**
   * Checks of whole tables: rows that belong to nothing, duplicates, unrecorded acts. Each returns the first fault or
   * null.
   */
  abstract strays(): AsyncIterable<Fault | null>;
}
