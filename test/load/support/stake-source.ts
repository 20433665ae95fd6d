import { randomUUID } from 'node:crypto';
import type { Stake } from '../../../src/pool/pool.api';

const PLAYERS = 5_000;

/** Stakes of many players on some games, at random. */
export class StakeSource {
  made = 0;
  private readonly games: readonly string[];
  private readonly players = Array.from({ length: PLAYERS }, () => randomUUID());

  constructor(games: number) {
    this.games = Array.from({ length: games }, () => randomUUID());
  }

  next(count: number): Stake[] {
    this.made += count;
    return Array.from({ length: count }, () => ({
      messageId: randomUUID(),
      userId: oneOf(this.players),
      gameId: oneOf(this.games),
      stakeMinor: BigInt(1 + Math.floor(10_000 * Math.random())),
    }));
  }
}

function oneOf(values: readonly string[]): string {
  return values[Math.floor(values.length * Math.random())] as string;
}
