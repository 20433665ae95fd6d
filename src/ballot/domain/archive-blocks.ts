import { ArchiveKey, ArchiveKind, archiveKeyOf } from './archived-row';

/** Rows that are compressed, found and read as one: some 60 KB, about a millisecond. */
const MAX_BLOCK_ROWS = 1_024;
/** Ballots under one hash that stays in the database, of level 2: what is below it is in one block. */
const UNCUT_BALLOTS = 256;

/** Neighbouring rows of an archive. */
export interface ArchiveBlock {
  readonly first: ArchiveKey;
  readonly last: ArchiveKey;
  readonly rows: readonly string[];
}

/**
 * Cuts ascending rows into blocks. What lies under one hash of level 2 is never cut apart, so that what a proof needs of it
 * is in one block.
 */
export class BlockCutter {
  private rows: string[] = [];
  private first: ArchiveKey | null = null;
  private last: ArchiveKey | null = null;

  constructor(private readonly kind: ArchiveKind) {}

  /** The block that is complete now that this row is known to follow it, or null. */
  add(row: string): ArchiveBlock | null {
    const key = archiveKeyOf(this.kind, row);
    const block = this.isCutBefore(key) ? this.rest() : null;
    this.first ??= key;
    this.last = key;
    this.rows.push(row);
    return block;
  }

  /** What no row follows. */
  rest(): ArchiveBlock | null {
    if (!this.first || !this.last) return null;
    const block = { first: this.first, last: this.last, rows: this.rows };
    [this.first, this.last, this.rows] = [null, null, []];
    return block;
  }

  private isCutBefore({ number }: ArchiveKey): boolean {
    if (this.kind !== 'ballots') return this.rows.length === MAX_BLOCK_ROWS;
    return number % UNCUT_BALLOTS === 0 && this.rows.length + UNCUT_BALLOTS > MAX_BLOCK_ROWS;
  }
}
