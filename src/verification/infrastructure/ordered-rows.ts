import { Rows } from '../application/records';
import { Fault } from '../domain/fault';

/** A table that is ordered by draw, read once beside the draws in their order. */
export class OrderedRows<Row extends { readonly drawId: string }> extends Rows<Row> {
  private readonly pieces: AsyncIterator<readonly Row[], unknown>;
  private piece: readonly Row[] = [];
  private at = 0;

  constructor(
    private readonly table: string,
    /** The names of the key's columns, as the row has them. */
    private readonly key: Readonly<Record<string, keyof Row>>,
    pieces: AsyncIterable<readonly Row[]>,
  ) {
    super();
    this.pieces = pieces[Symbol.asyncIterator]();
  }

  async *of(drawId: string): AsyncGenerator<readonly Row[]> {
    for (;;) {
      const row = await this.head();
      // UUIDs in lower case sort like their text.
      if (row === null || row.drawId > drawId) return;
      if (row.drawId < drawId) throw this.stray(row);
      const start = this.at;
      while (this.piece[this.at]?.drawId === drawId) this.at++;
      yield this.piece.slice(start, this.at);
    }
  }

  async end(): Promise<void> {
    const row = await this.head();
    if (row) throw this.stray(row);
  }

  private async head(): Promise<Row | null> {
    if (this.at === this.piece.length) {
      const next = await this.pieces.next();
      this.piece = next.done ? [] : next.value;
      this.at = 0;
    }
    return this.piece[this.at] ?? null;
  }

  private stray(row: Row): Fault {
    const key = Object.fromEntries(Object.entries(this.key).map(([column, field]) => [column, String(row[field])]));
    return new Fault('belongs', { table: this.table, key }, `it belongs to draw ${row.drawId}, which does not exist`);
  }
}
