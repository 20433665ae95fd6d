import { invariant } from '../../shared/domain/invariant';
import { Frontier, leafHash } from '../../shared/domain/merkle-tree';
import { PlaceSum } from '../domain/place-sum';
import { archivedBallot, archivedCheckpoint, archivedLine, archivedPlace, BEFORE_ALL } from '../domain/archived-row';
import { ArchivableBallots, ArchiveFacts, ArchiveUnit, LogSize, SettledDraws } from './archivable-ballots';
import { BallotArchive } from './ballot-archive';
import { RowReader } from './row-reader';

const LOGS_AT_ONCE = 1_000;
const ROWS_AT_ONCE = 1_024;

/**
 * Checks that the archive holds what the database holds: every ballot under its draw's sealed root, and the ids that
 * find it.
 */
export class VerifyArchive {
  constructor(
    private readonly ballots: ArchivableBallots,
    private readonly archive: BallotArchive,
    private readonly settled: SettledDraws,
  ) {}

  /** @throws Error that names what is wrong */
  async execute(unit: ArchiveUnit, done: (rows: number) => void): Promise<ArchiveFacts> {
    const places = new PlaceSum();
    const ballots = await this.verifyBallots(unit, places, done);
    const range = await this.verifyIds(unit, places);
    if (!places.isEven) throw new Error(`${unit.name}: the ids in the archive are not those of the archived ballots`);
    await this.verifyCheckpoints(unit);
    return { ballots, ...range };
  }

  private async verifyBallots(unit: ArchiveUnit, places: PlaceSum, done: (rows: number) => void): Promise<number> {
    const rows = new RowReader(this.archive.rows(unit, 'ballots'));
    let seen = 0;
    for (let after = BEFORE_ALL.id; ;) {
      const logs = await this.ballots.logs(unit, after, LOGS_AT_ONCE);
      const last = logs.at(-1);
      if (!last) break;
      const roots = await this.settled.sealedRoots(logs.map(({ drawId }) => drawId));
      for (const log of logs) {
        const root = await rebuild(log, rows, places);
        const sealed = roots.get(log.drawId);
        if (root !== sealed)
          throw new Error(`draw ${log.drawId} is archived with root ${root}, but was sealed with ${sealed}`);
        done((seen += log.size));
      }
      after = last.drawId;
    }
    if ((await rows.take(1)).length > 0) throw new Error(`${unit.name}: the archive has more ballots than the logs`);
    return seen;
  }

  private async verifyIds(unit: ArchiveUnit, places: PlaceSum): Promise<Omit<ArchiveFacts, 'ballots'>> {
    let firstBallot: string | null = null;
    let lastBallot: string | null = null;
    for await (const rows of this.archive.rows(unit, 'ids')) {
      for (const row of rows) {
        const { ballotId, drawId, index } = archivedPlace(row);
        if (lastBallot !== null && ballotId <= lastBallot)
          throw new Error(`ballot ${ballotId} is archived out of order`);
        places.subtract(ballotId, drawId, index);
        firstBallot ??= ballotId;
        lastBallot = ballotId;
      }
    }
    return { firstBallot, lastBallot };
  }

  private async verifyCheckpoints(unit: ArchiveUnit): Promise<void> {
    let [count, before] = [0, ''];
    for await (const rows of this.archive.rows(unit, 'checkpoints')) {
      for (const row of rows) {
        const { drawId, size } = archivedCheckpoint(row);
        const key = `${drawId} ${String(size).padStart(16, '0')}`;
        if (key <= before) throw new Error(`the checkpoint of ${drawId} at ${size} is archived out of order`);
        [count, before] = [count + 1, key];
      }
    }
    const stored = await this.ballots.count(unit, 'checkpoints');
    if (count !== stored) throw new Error(`${unit.name}: ${count} checkpoints are archived, ${stored} are stored`);
  }
}

/** The root of the log as a stranger would compute it from the archive, in base64. */
async function rebuild({ drawId, size }: LogSize, reader: RowReader, places: PlaceSum): Promise<string> {
  let frontier = Frontier.empty;
  while (frontier.size < size) {
    const rows = await reader.take(Math.min(ROWS_AT_ONCE, size - frontier.size));
    if (rows.length === 0)
      throw new Error(`draw ${drawId} ends at ballot ${frontier.size} in the archive, not at ${size}`);
    rows.forEach((row, i) => {
      const ballot = archivedBallot(row);
      invariant(
        ballot.drawId === drawId && ballot.index === frontier.size + i,
        `ballot ${frontier.size + i} of ${drawId} is next`,
      );
      places.add(ballot.id, drawId, ballot.index);
    });
    ({ frontier } = frontier.append(rows.map((row) => leafHash(archivedLine(row)))));
  }
  return frontier.root().toString('base64');
}
