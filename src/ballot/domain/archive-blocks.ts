import { ArchiveKey, ArchiveKind, archiveKeyOf } from './archived-row';

/** Rows compressed, found and read together: some 60 KB, about a millisecond. */
const MAX_BLOCK_ROWS = 1_024;
/** Ballots under one hash of level 2, which stays in the database: what is below it is in one block. */
const UNCUT_BALLOTS = 256;

/** Neighbouring rows of an archive. */
export interface ArchiveBlock {
  readonly first: ArchiveKey;
  readonly last: ArchiveKey;
  readonly rows: readonly string[];
}

/**
 * Cuts ascending rows into blocks. Rows under one hash of level 2 stay in one block, so that a proof needs one block
 * for them.
 */
export class BlockCutter {
  private rows: string[] = [];
  private first: ArchiveKey | null = null;
  private last: ArchiveKey | null = null;

  constructor(private readonly kind: ArchiveKind) {}

  /** Adds a row. Returns the block that this row completes by following it, or null. */
  add(row: string): ArchiveBlock | null {
    const key = archiveKeyOf(this.kind, row);
    const block = this.isCutBefore(key) ? this.rest() : null;
    this.first ??= key;
    this.last = key;
    this.rows.push(row);
    return block;
  }

  /** The last block. */
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
