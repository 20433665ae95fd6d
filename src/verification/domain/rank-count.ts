/** A rank of a draw note: the winner has `rank` of `remaining` ballots before it in the log. */
export interface RankLine {
  readonly block: number;
  readonly remaining: number;
  readonly rank: number;
  readonly index: number;
}

/**
 * The players of a log in order, to count again what its ranks were counted among. Holds 8 bytes for each ballot, and
 * some hundred for each player.
 */
export class RankCount {
  private readonly numbers = new Map<string, number>();
  private readonly players: number[] = [];

  add(player: string): void {
    const number = this.numbers.get(player) ?? this.numbers.size;
    this.numbers.set(player, number);
    this.players.push(number);
  }

  /**
   * The first fault, or null. `winners` are the indexes of all winners in order, the last of them those of the ranks;
   * `wanted`: fewer is right only if nobody else could win.
   */
  fault(ranks: readonly RankLine[], winners: readonly number[], excluded: ReadonlySet<string>, wanted: number) {
    const out = new Set([...excluded].flatMap((player) => this.numbers.get(player) ?? []));
    const places = new Map(winners.map((index, place) => [this.players[index], place]));
    const counts = winners.map(() => 0);
    const before = new Map<number, readonly number[]>(ranks.map(({ index }) => [index, []]));
    let eligible = 0;
    for (const [index, player] of this.players.entries()) {
      if (before.has(index)) before.set(index, [eligible, ...counts]);
      if (out.has(player)) continue;
      eligible++;
      const place = places.get(player);
      if (place !== undefined) counts[place] = (counts[place] ?? 0) + 1;
    }
    for (const [i, { remaining, rank, index }] of ranks.entries()) {
      const earlier = winners.length - ranks.length + i;
      const left = leftOf([eligible, ...counts], earlier);
      if (left !== remaining) return `the rank of ballot ${index} is among ${left} ballots, not ${remaining}`;
      const place = leftOf(before.get(index) ?? [], earlier);
      if (place !== rank) return `the rank of ballot ${index} is ${place}, not ${rank}`;
    }
    const rest = leftOf([eligible, ...counts], winners.length);
    return winners.length < wanted && rest > 0 ? `${rest} ballots could win, and winners are missing` : null;
  }
}

/** Of the eligible ballots, those that are not of the first winners. */
function leftOf([eligible = 0, ...ofWinners]: readonly number[], winners: number): number {
  return ofWinners.slice(0, winners).reduce((left, count) => left - count, eligible);
}
