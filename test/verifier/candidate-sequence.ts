import { createHmac } from 'node:crypto';

export interface NamedBallot {
  j: number;
  index: number;
  verdict: 'winner' | 'excluded' | 'repeated';
}

/** The candidates of a draw over the players of the ballots, in order (docs/draw-protocol.md section 6). */
export function drawCandidates(
  secret: Buffer,
  message: Buffer,
  players: readonly string[],
  exclusions: string,
  wanted: number,
): NamedBallot[] {
  const key = createHmac('sha256', secret).update(message).digest();
  const size = BigInt(players.length);
  const named = new Map<number, NamedBallot>();
  const winners = new Set<string>();
  for (let j = 0; winners.size < wanted && named.size < players.length; j++) {
    const block = BigInt(`0x${createHmac('sha256', key).update(uint32(j)).digest('hex')}`);
    const index = Number(block % size);
    if (block >= 2n ** 256n - (2n ** 256n % size) || named.has(index)) continue;
    const player = players[index] ?? '';
    const verdict = exclusions.includes(player) ? 'excluded' : winners.has(player) ? 'repeated' : 'winner';
    if (verdict === 'winner') winners.add(player);
    named.set(index, { j, index, verdict });
  }
  return [...named.values()];
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
