import { ArchiveDamaged, ArchivedMonth, ArchivedRows, Rows } from '../application/records';
import { ballotRow } from '../domain/ballot-list';
import { Fault } from '../domain/fault';
import type { BallotRow, CheckpointRow, EntryRow, SubtreeRow } from '../domain/rows';
import type { DrawBounds } from './draw-bounds';
import { merged } from './merged-rows';
import { OrderedRows } from './ordered-rows';
import type { Snapshot } from './snapshot';

interface OfDraw {
  readonly drawId: string;
}

/** The tables ordered by draw, each read once: rows of the database and of the archive, in one order. */
export class RowsByDraw {
  private constructor(
    private readonly snapshot: Snapshot,
    private readonly bounds: DrawBounds,
    private readonly archive: ArchivedRows,
    private readonly months: readonly ArchivedMonth[],
  ) {}

  static async within(snapshot: Snapshot, bounds: DrawBounds, archive: ArchivedRows): Promise<RowsByDraw> {
    const months = await snapshot.query<ArchivedMonth>(
      `select name, folder, first_draw as "firstDraw", end_draw as "endDraw", first_ballot as "firstBallot",
         last_ballot as "lastBallot", ballots
       from ballot_partitions where archived_at is not null and first_draw <= $2 and end_draw > $1
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
    const rows = this.both(stored, archived, ({ index }) => Number(index), refuseCopy);
    return new OrderedRows('ballots', { draw_id: 'drawId', index: 'index' }, rows);
  }

  checkpoints(): Rows<CheckpointRow> {
    const stored = this.read<CheckpointRow>('draw_id as "drawId", size, note', 'ballot_checkpoints', [
      'draw_id',
      'size',
    ]);
    const archived = this.archived((month) => this.archive.checkpoints(month));
    // The last checkpoint of each log is in both.
    const rows = this.both(
      stored,
      archived,
      ({ size }) => Number(size),
      (a, b) => a.note === b.note,
    );
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

  /** `key`: the columns of the table's key, the draw's first. */
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
        if (!(error instanceof ArchiveDamaged)) throw error;
        const row = { table: 'ballot_partitions', key: { name: month.name } };
        throw new Fault('archive', row, error.message, `the archive of ${month.name}`);
      }
    }
  }

  private both<Row extends OfDraw>(
    stored: AsyncIterable<readonly Row[]>,
    archived: AsyncIterable<readonly Row[]>,
    numberOf: (row: Row) => number,
    isCopy: (a: Row, b: Row) => boolean,
  ): AsyncIterable<readonly Row[]> {
    if (this.months.length === 0) return stored;
    const order = (a: Row, b: Row) => {
      if (a.drawId === b.drawId) return numberOf(a) - numberOf(b);
      return a.drawId < b.drawId ? -1 : 1;
    };
    return merged(stored, archived, order, isCopy);
  }
}

/**
 * @throws Fault if ballots of an archived month are still in the database: they leave it in the commit that archives
 * them.
 */
function refuseCopy({ drawId, index }: BallotRow): never {
  throw new Fault('ballots', ballotRow(drawId, index), 'it is in the database and in the archive');
}
