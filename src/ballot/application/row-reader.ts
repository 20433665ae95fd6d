/** Reads rows from a stream of pieces. */
export class RowReader {
  private readonly pieces: AsyncIterator<readonly string[]>;
  private piece: readonly string[] = [];
  private position = 0;

  constructor(pieces: AsyncIterable<readonly string[]>) {
    this.pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next rows, at least one and at most `limit`; none at the end. */
  async take(atMost: number): Promise<readonly string[]> {
    while (this.position === this.piece.length) {
      const next = await this.pieces.next();
      if (next.done === true) return [];
      [this.piece, this.position] = [next.value, 0];
    }
    const rows = this.piece.slice(this.position, this.position + atMost);
    this.position += rows.length;
    return rows;
  }
}
