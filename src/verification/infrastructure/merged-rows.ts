const PIECE = 5_000;

/** A stream of rows whose next row can be read ahead. */
class Stream<Row> {
  private readonly pieces: AsyncIterator<readonly Row[], unknown>;
  private piece: readonly Row[] = [];
  private at = 0;
  private ended = false;

  constructor(pieces: AsyncIterable<readonly Row[]>) {
    this.pieces = pieces[Symbol.asyncIterator]();
  }

  /** Null at the end. */
  get next(): Row | null {
    return this.piece[this.at] ?? null;
  }

  get isSpent(): boolean {
    return this.at === this.piece.length && !this.ended;
  }

  skip(): void {
    this.at++;
  }

  async readOn(): Promise<void> {
    while (this.isSpent) {
      const piece = await this.pieces.next();
      this.ended = piece.done === true;
      if (!piece.done) [this.piece, this.at] = [piece.value, 0];
    }
  }
}

/** Merges two ascending streams. `isCopy`: whether two rows at the same place count as one. */
export async function* merged<Row>(
  one: AsyncIterable<readonly Row[]>,
  other: AsyncIterable<readonly Row[]>,
  order: (a: Row, b: Row) => number,
  isCopy: (a: Row, b: Row) => boolean,
): AsyncGenerator<readonly Row[]> {
  const [left, right] = [new Stream(one), new Stream(other)];
  let piece: Row[] = [];
  for (;;) {
    if (left.isSpent) await left.readOn();
    if (right.isSpent) await right.readOn();
    const [a, b] = [left.next, right.next];
    const difference = a === null ? 1 : b === null ? -1 : order(a, b);
    const row = difference <= 0 ? a : b;
    if (row === null) break;
    piece.push(row);
    if (difference <= 0) left.skip();
    if (difference > 0 || (difference === 0 && isCopy(a as Row, b as Row))) right.skip();
    if (piece.length < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
