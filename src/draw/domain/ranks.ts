import { blockAt, indexOfBlock } from './candidates';

/** What a block says where too many candidates could not win: a place among the ballots that still can. */
export interface NamedRank {
  /** j of the block. */
  readonly block: number;
  /** Number of ballots whose player is neither excluded nor a winner. */
  readonly remaining: number;
  /** How many of those come before the winner in the log. */
  readonly rank: number;
}

/** A winner found by its rank. */
export interface RankedWinner extends NamedRank {
  readonly index: number;
  readonly ballotId: string;
}

/** The rank that the first usable block from this one on names (docs/draw-protocol.md section 6, step 2). */
export function rankFrom(key: Buffer, first: number, remaining: number): NamedRank {
  for (let block = first; ; block++) {
    const rank = indexOfBlock(blockAt(key, block), remaining);
    if (rank !== null) return { block, remaining, rank };
  }
}

/** Walks once along the players of a log to the ballot of a rank. */
export class RankWalk {
  private index = 0;
  private passed = 0;

  constructor(
    private readonly rank: number,
    /** Players who are excluded or have won. */
    private readonly out: ReadonlySet<string>,
  ) {}

  /** Returns the index of the ballot if it is among these, the next players of the log, otherwise null. */
  take(players: readonly string[]): number | null {
    for (const player of players) {
      if (!this.out.has(player) && this.passed++ === this.rank) return this.index;
      this.index++;
    }
    return null;
  }
}
