import { archivedBallot, archivedCheckpoint, archivedLine, archivedPlace } from '../ballot/domain/archived-row';
import { PlaceSum } from '../ballot/domain/place-sum';
import { NotAsWritten } from '../ballot/infrastructure/archive-block';
import { ArchiveCatalog } from '../ballot/infrastructure/archive-catalog';
import { ArchiveFiles } from '../ballot/infrastructure/archive-files';
import type { ArchiveStore } from '../ballot/infrastructure/archive-store';
import { ArchiveDamaged, ArchivedMonth, ArchivedRows } from '../verification/application/records';
import type { BallotRow, CheckpointRow } from '../verification/domain/rows';
import { timestamptzOf } from '../verification/domain/stored-texts';
import type { Snapshot } from '../verification/infrastructure/snapshot';

/** Reads whole months of the archive. */
export class ArchivedMonths extends ArchivedRows {
  private constructor(private readonly files: ArchiveFiles) {
    super();
  }

  /** The archive as the database recorded it at the moment of the snapshot. */
  static of(snapshot: Snapshot, store: ArchiveStore): ArchivedMonths {
    const sql = { query: async <T>(text: string, values?: unknown[]) => (await snapshot.values(text, values)) as T };
    return new ArchivedMonths(new ArchiveFiles(new ArchiveCatalog(sql), store));
  }

  async *ballots(month: ArchivedMonth): AsyncIterable<readonly BallotRow[]> {
    const places = new PlaceSum();
    let count = 0;
    for await (const ballots of this.read(month, 'ballots', (row) => ballotOf(row, month))) {
      for (const { id, drawId, index } of ballots) places.add(id, drawId, Number(index));
      count += ballots.length;
      yield ballots;
    }
    demand(month.ballots === String(count), `it has ${count} ballots, not ${month.ballots}`);
    await this.checkIds(month, places);
  }

  async *checkpoints(month: ArchivedMonth): AsyncIterable<readonly CheckpointRow[]> {
    yield* this.read(month, 'checkpoints', (row) => {
      const { drawId, size, note } = archivedCheckpoint(row);
      return { drawId, size: String(size), note };
    });
  }

  /** Checks that each ballot can be found by its id. */
  private async checkIds({ firstBallot, lastBallot, ...month }: ArchivedMonth, places: PlaceSum): Promise<void> {
    let first: string | null = null;
    let last: string | null = null;
    for await (const ids of this.read(month, 'ids', archivedPlace)) {
      for (const { ballotId, drawId, index } of ids) {
        demand(last === null || last < ballotId, `the id ${ballotId} is out of order`);
        places.subtract(ballotId, drawId, index);
        first ??= ballotId;
        last = ballotId;
      }
    }
    demand(places.isEven, 'the ids by which its ballots are found are not those of its ballots');
    demand(first === firstBallot && last === lastBallot, 'its first or last ballot is not the one that is recorded');
  }

  private async *read<Row>(
    month: Pick<ArchivedMonth, 'name' | 'folder'>,
    kind: 'ballots' | 'ids' | 'checkpoints',
    parse: (row: string) => Row,
  ): AsyncIterable<readonly Row[]> {
    try {
      for await (const rows of this.files.rows(month, kind)) yield parseAll(rows, parse);
    } catch (error) {
      throw error instanceof NotAsWritten ? new ArchiveDamaged(error.message, { cause: error }) : error;
    }
  }
}

function parseAll<Row>(rows: readonly string[], parse: (row: string) => Row): readonly Row[] {
  try {
    return rows.map(parse);
  } catch (error) {
    throw new ArchiveDamaged(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function ballotOf(row: string, { firstDraw, endDraw }: ArchivedMonth): BallotRow {
  const ballot = archivedBallot(row);
  const { drawId, index, id, userId, player, submittedAt } = ballot;
  demand(drawId >= firstDraw && drawId < endDraw, `draw ${drawId} is not one of its draws`);
  // Proofs hash this text.
  demand(archivedLine(row) === ballot.line, `ballot ${index} of draw ${drawId} is not written as it was signed`);
  const instant = timestamptzOf(submittedAt.toISOString());
  return { drawId, index: String(index), id, userId, player: `\\x${player}`, submittedAt: instant };
}

function demand(holds: boolean, reason: string): void {
  if (!holds) throw new ArchiveDamaged(reason);
}
