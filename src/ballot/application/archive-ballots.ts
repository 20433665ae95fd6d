import { BEFORE_ALL, ARCHIVE_KINDS, ArchiveKind } from '../domain/archived-row';
import { ArchivableBallots, ArchiveUnit, SettledDraws } from './archivable-ballots';
import { BallotArchive } from './ballot-archive';
import { VerifyArchive } from './verify-archive';

/** Rows read at once, about 1 MB. */
const ROWS_AT_ONCE = 8_192;
const LOGS_AT_ONCE = 1_000;

export type ArchiveStep = ArchiveKind | 'verify' | 'tidy up';

/** Reports the progress of a step; `total` is null if unknown. */
export type ArchiveProgress = (step: ArchiveStep, rows: number, total: number | null) => void;

/**
 * Moves old ballots to the archive. Nothing leaves the database before it has been read back and yields the sealed root
 * of every draw. If it is interrupted anywhere, the next call continues from there.
 */
export class ArchiveBallots {
  private readonly verify: VerifyArchive;

  constructor(
    private readonly ballots: ArchivableBallots,
    private readonly archive: BallotArchive,
    private readonly settled: SettledDraws,
  ) {
    this.verify = new VerifyArchive(ballots, archive, settled);
  }

  /** A draw of the unit that is neither drawn nor void, or null: only then can the unit be archived. */
  async undecided(unit: ArchiveUnit): Promise<string | null> {
    for (let after = BEFORE_ALL.id; ;) {
      const ids = (await this.ballots.logs(unit, after, LOGS_AT_ONCE)).map(({ drawId }) => drawId);
      const last = ids.at(-1);
      if (last === undefined) return null;
      const roots = await this.settled.sealedRoots(ids);
      const open = ids.find((id) => !roots.has(id));
      if (open !== undefined) return open;
      after = last;
    }
  }

  /** @throws Error if the archive differs from the database: then nothing was dropped. */
  async execute(unit: ArchiveUnit, progress: ArchiveProgress): Promise<void> {
    if (!unit.isArchived) await this.move(unit, progress);
    await this.ballots.tidyUp(unit, (rows) => progress('tidy up', rows, null));
  }

  private async move(unit: ArchiveUnit, progress: ArchiveProgress): Promise<void> {
    await this.ballots.begin(unit);
    for (const kind of ARCHIVE_KINDS) {
      const total = await this.ballots.count(unit, kind);
      const rowsAfter = (after: typeof BEFORE_ALL) => this.ballots.rows(unit, kind, after, ROWS_AT_ONCE);
      await this.archive.write(unit, kind, rowsAfter, (rows) => progress(kind, rows, total));
    }
    await this.archive.describe(unit);
    const total = await this.ballots.count(unit, 'ballots');
    const facts = await this.verify.execute(unit, (rows) => progress('verify', rows, total));
    await this.ballots.handOver(unit, facts);
  }
}
