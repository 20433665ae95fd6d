import { createHmac } from 'node:crypto';

export interface NamedBallot {
  j: number;
  index: number;
  verdict: 'winner' | 'excluded' | 'repeated' | 'ranked';
  /** Of a ranked one: among how many, and how many of them come before it. */
  remaining?: number;
  rank?: number;
}

const MAX_MISSES = 256;

/** The candidates of a draw over the players of the ballots, then its ranks, in order (docs/draw-protocol.md section 6). */
export function drawCandidates(
  secret: Buffer,
  message: Buffer,
  players: readonly string[],
  exclusions: string,
  wanted: number,
  version: 1 | 2,
): NamedBallot[] {
  const key = createHmac('sha256', secret).update(message).digest();
  const size = BigInt(players.length);
  const named = new Map<number, NamedBallot>();
  const winners = new Set<string>();
  const misses = () => named.size - winners.size;
  let j = 0;
  for (; winners.size < wanted && named.size < players.length; j++) {
    if (version === 2 && misses() === MAX_MISSES) break;
    const block = blockOf(key, j);
    const index = Number(block % size);
    if (block >= 2n ** 256n - (2n ** 256n % size) || named.has(index)) continue;
    const player = players[index] ?? '';
    const verdict = exclusions.includes(player) ? 'excluded' : winners.has(player) ? 'repeated' : 'winner';
    if (verdict === 'winner') winners.add(player);
    named.set(index, { j, index, verdict });
  }
  const found = [...named.values()];
  const isLeft = (player: string) => !exclusions.includes(player) && !winners.has(player);
  for (let left = players.filter(isLeft).length; winners.size < wanted && left > 0; j++) {
    const block = blockOf(key, j);
    const remaining = BigInt(left);
    if (block >= 2n ** 256n - (2n ** 256n % remaining)) continue;
    const rank = Number(block % remaining);
    const index = players.flatMap((player, i) => (isLeft(player) ? [i] : []))[rank] ?? -1;
    found.push({ j, index, verdict: 'ranked', remaining: left, rank });
    winners.add(players[index] ?? '');
    left = players.filter(isLeft).length;
  }
  return found;
}

function blockOf(key: Buffer, j: number): bigint {
  return BigInt(`0x${createHmac('sha256', key).update(uint32(j)).digest('hex')}`);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
