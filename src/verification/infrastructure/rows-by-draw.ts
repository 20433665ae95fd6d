import type { ArchivedMonth, ArchivedRows, Rows } from '../application/records';
import { Fault } from '../domain/fault';
import type { BallotRow, CheckpointRow, EntryRow, SubtreeRow } from '../domain/rows';
import type { DrawBounds } from './draw-bounds';
import { merged } from './merged-rows';
import { OrderedRows } from './ordered-rows';
import type { Snapshot } from './snapshot';

interface OfDraw {
  readonly drawId: string;
}

/** The tables that are ordered by draw, each read once: what the database has, and what the archive has, in one order. */
export class RowsByDraw {
  private constructor(
    private readonly snapshot: Snapshot,
    private readonly bounds: DrawBounds,
    private readonly archive: ArchivedRows,
    private readonly months: readonly ArchivedMonth[],
  ) {}

  static async within(snapshot: Snapshot, bounds: DrawBounds, archive: ArchivedRows): Promise<RowsByDraw> {
    const months = await snapshot.query<ArchivedMonth>(
      `select name, folder from ballot_partitions where archived_at is not null and first_draw <= $2 and end_draw > $1
       order by first_draw`,
      [bounds.first, bounds.last],
    );
    return new RowsByDraw(snapshot, bounds, archive, months);
  }

  ballots(): Rows<BallotRow> {
    const stored = this.read<BallotRow>(
      'draw_id as "drawId", index, id, user_id as "userId", player, submitted_at as "submittedAt"',
      'ballots',
      ['draw_id', 'index'],
    );
    const archived = this.archived((month) => this.archive.ballots(month));
    const rows = this.both(stored, archived, ({ index }) => Number(index));
    return new OrderedRows('ballots', { draw_id: 'drawId', index: 'index' }, rows);
  }

  checkpoints(): Rows<CheckpointRow> {
    const stored = this.read<CheckpointRow>('draw_id as "drawId", size, note', 'ballot_checkpoints', [
      'draw_id',
      'size',
    ]);
    const archived = this.archived((month) => this.archive.checkpoints(month));
    const rows = this.both(stored, archived, ({ size }) => Number(size));
    return new OrderedRows('ballot_checkpoints', { draw_id: 'drawId', size: 'size' }, rows);
  }

  subtrees(): Rows<SubtreeRow> {
    const key = ['draw_id', 'level', 'index'];
    const rows = this.read<SubtreeRow>('draw_id as "drawId", level, index, hash', 'ballot_subtrees', key);
    return new OrderedRows('ballot_subtrees', { draw_id: 'drawId', level: 'level', index: 'index' }, rows);
  }

  entries(): Rows<EntryRow> {
    const columns = 'pool_id as "drawId", index, stake_minor as "stakeMinor"';
    const rows = this.read<EntryRow>(columns, 'pool_entries', ['pool_id', 'index']);
    return new OrderedRows('pool_entries', { pool_id: 'drawId', index: 'index' }, rows);
  }

  /** `key`: the columns of the table's key, that of the draw first. */
  private read<Row>(columns: string, table: string, key: readonly string[]): AsyncIterable<readonly Row[]> {
    const order = key.map((column) => `${table}.${column}`).join(', ');
    const within = this.bounds.within(key[0] as string);
    return this.snapshot.read(`select ${columns} from ${table} where ${within} order by ${order}`);
  }

  private async *archived<Row extends OfDraw>(
    rowsOf: (month: ArchivedMonth) => AsyncIterable<readonly Row[]>,
  ): AsyncIterable<readonly Row[]> {
    for (const month of this.months) {
      try {
        for await (const rows of rowsOf(month)) yield rows.filter((row) => this.bounds.include(row));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Fault('archive', { table: 'ballot_partitions', key: { name: month.name } }, reason);
      }
    }
  }

  private both<Row extends OfDraw>(
    stored: AsyncIterable<readonly Row[]>,
    archived: AsyncIterable<readonly Row[]>,
    numberOf: (row: Row) => number,
  ): AsyncIterable<readonly Row[]> {
    if (this.months.length === 0) return stored;
    return merged(stored, archived, (a, b) => {
      if (a.drawId === b.drawId) return numberOf(a) - numberOf(b);
      return a.drawId < b.drawId ? -1 : 1;
    });
  }
}
