import { leafHash } from '../../shared/domain/merkle-tree';
import { demand, RowName } from './fault';
import type { GrowingLog } from './growing-log';
import type { RankCount } from './rank-count';
import type { BallotRow, DrawRow, LogRow } from './rows';
import { hexOf, instantOf } from './stored-texts';

const FIRST_VERSION = 'lottery-draw/v1/';

export function ballotRow(drawId: string, index: number | string): RowName {
  return { table: 'ballots', key: { draw_id: drawId, index } };
}

/** Checks the ballots of one draw from first to last: no gap, nothing out of order, nothing late. */
export class BallotList {
  /** Number of ballots of players who are not excluded. */
  eligible = 0;
  /** As PostgreSQL writes it. */
  lastSubmittedAt: string | null = null;
  /** The lines and users of the requested ballots, by index. */
  readonly wanted = new Map<number, { readonly line: string; readonly userId: string }>();
  private readonly wantedIndexes: ReadonlySet<number>;
  private lastInstant = '';
  private size = 0;

  constructor(
    private readonly drawId: string,
    private readonly exclusions: ReadonlySet<string>,
    wanted: readonly number[],
    private readonly log: LogRow,
    /** Counts players for the ranks of the draw note, if it has any. */
    readonly ranks: RankCount | null = null,
  ) {
    this.wantedIndexes = new Set(wanted);
  }

  /** Returns the hashes of the leaves. @throws Fault at the first ballot that cannot be there */
  take(ballots: readonly BallotRow[]): Buffer[] {
    return ballots.map((ballot) => leafHash(this.lineOf(ballot)));
  }

  private lineOf({ index, id, userId, player: storedPlayer, submittedAt }: BallotRow): string {
    const place = this.size++;
    demand(index === String(place), 'ballots', ballotRow(this.drawId, place), 'it is missing');
    const row = ballotRow(this.drawId, place);
    const player = hexOf(storedPlayer);
    const instant = instantOf(submittedAt);
    demand(instant !== null, 'ballots', row, `submitted_at is ${submittedAt}, which is no whole millisecond`);
    demand(instant >= this.lastInstant, 'ballots', row, 'submitted_at is before that of the ballot before it');
    const line = `${place} ${id} ${player} ${instant}`;
    if (this.wantedIndexes.has(place)) this.wanted.set(place, { line, userId });
    if (!this.exclusions.has(player)) this.eligible++;
    this.ranks?.add(player);
    this.lastInstant = instant;
    this.lastSubmittedAt = submittedAt;
    return line;
  }

  /** Checks that the log's row agrees with its ballots, whose tree is `tree`. @throws Fault */
  checkLog(tree: GrowingLog, draw: Pick<DrawRow, 'openNote' | 'opensAt' | 'closesAt' | 'sealedAt'>): void {
    const row = { table: 'ballot_logs', key: { draw_id: this.drawId } };
    const { size, frontier, lastSubmittedAt, closesAt, sealedAt } = this.log;
    demand(size === String(tree.size), 'log', row, `size is ${size}, there are ${tree.size} ballots`);
    const expected = tree.frontier.toBytes().toString('hex');
    demand(hexOf(frontier) === expected, 'log', row, 'frontier is not that of its ballots');
    const last = `last_submitted_at is ${lastSubmittedAt}, the last ballot has ${this.lastSubmittedAt}`;
    // An empty log has the instant of its opening there; those of draws of the first version may have none.
    const mayBeNone = this.size > 0 || draw.openNote.startsWith(FIRST_VERSION);
    const isOpening = this.size === 0 && lastSubmittedAt === draw.opensAt;
    demand(isOpening || (mayBeNone && lastSubmittedAt === this.lastSubmittedAt), 'log', row, last);
    demand(closesAt === draw.closesAt, 'log', row, `closes_at is ${closesAt}, that of its draw ${draw.closesAt}`);
    demand(sealedAt === draw.sealedAt, 'log', row, `sealed_at is ${sealedAt}, that of its draw ${draw.sealedAt}`);
  }
}
