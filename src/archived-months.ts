import { archivedBallot, archivedCheckpoint, archivedPlace } from './ballot/domain/archived-row';
import { PlaceSum } from './ballot/domain/place-sum';
import { ArchiveCatalog } from './ballot/infrastructure/archive-catalog';
import { ArchiveFiles } from './ballot/infrastructure/archive-files';
import type { ArchiveStore } from './ballot/infrastructure/archive-store';
import { ArchivedMonth, ArchivedRows } from './verification/application/records';
import type { BallotRow, CheckpointRow } from './verification/domain/rows';
import { timestamptzOf } from './verification/domain/stored-texts';
import type { Snapshot } from './verification/infrastructure/snapshot';

/** The archive of old ballots, read as a whole. */
export class ArchivedMonths extends ArchivedRows {
  private constructor(private readonly files: ArchiveFiles) {
    super();
  }

  /** As the database knew them at the moment of the snapshot. */
  static of(snapshot: Snapshot, store: ArchiveStore): ArchivedMonths {
    const sql = { query: async <T>(text: string, values?: unknown[]) => (await snapshot.values(text, values)) as T };
    return new ArchivedMonths(new ArchiveFiles(new ArchiveCatalog(sql), store));
  }

  async *ballots(month: ArchivedMonth): AsyncIterable<readonly BallotRow[]> {
    const places = new PlaceSum();
    for await (const rows of this.files.rows(month, 'ballots')) {
      const ballots = rows.map(archivedBallot);
      for (const { id, drawId, index } of ballots) places.add(id, drawId, index);
      yield ballots.map(({ drawId, index, id, userId, player, submittedAt }) => {
        const instant = timestamptzOf(submittedAt.toISOString());
        return { drawId, index: String(index), id, userId, player: `\\x${player}`, submittedAt: instant };
      });
    }
    for await (const rows of this.files.rows(month, 'ids')) {
      for (const { ballotId, drawId, index } of rows.map(archivedPlace)) places.subtract(ballotId, drawId, index);
    }
    if (!places.isEven) throw new Error('the ids by which its ballots are found are not those of its ballots');
  }

  async *checkpoints(month: ArchivedMonth): AsyncIterable<readonly CheckpointRow[]> {
    for await (const rows of this.files.rows(month, 'checkpoints')) {
      yield rows.map(archivedCheckpoint).map(({ drawId, size, note }) => ({ drawId, size: String(size), note }));
    }
  }
}
