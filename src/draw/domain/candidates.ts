import { createHmac, hash } from 'node:crypto';
import { invariant } from '../../shared/domain/invariant';

export type Verdict = 'winner' | 'excluded' | 'repeated';

/** A ballot that the sequence named, and what became of it. */
export interface Candidate {
  /** j of the block that named it. */
  readonly block: number;
  readonly index: number;
  readonly ballotId: string;
  readonly verdict: Verdict;
}

export interface NamedIndex {
  readonly block: number;
  readonly index: number;
}

const BLOCK_BITS = 256;
const NO_BEACON = Buffer.alloc(32);

/**
 * The key of the candidate sequence: HMAC-SHA256(secret, "lottery-draw/v1" || 00 || H(open body) || H(seal body) ||
 * randomness), where randomness is H(beacon signature), or 32 zero bytes without one (docs/draw-protocol.md section 6).
 */
export function drawKey(secret: Buffer, openBody: string, sealBody: string, beaconSignature: Buffer | null): Buffer {
  return createHmac('sha256', secret)
    .update('lottery-draw/v1\0')
    .update(hash('sha256', openBody, 'buffer'))
    .update(hash('sha256', sealBody, 'buffer'))
    .update(beaconSignature ? hash('sha256', beaconSignature, 'buffer') : NO_BEACON)
    .digest();
}

/**
 * The indexes that the key names, each once, until every ballot of a log of this size has been named
 * (docs/draw-protocol.md section 6). Blocks that would favour low indexes are skipped.
 */
export function* namedIndexes(key: Buffer, size: number): Generator<NamedIndex> {
  const seen = new Set<number>();
  for (let block = 0; seen.size < size; block++) {
    const index = indexOfBlock(blockAt(key, block), size);
    if (index === null || seen.has(index)) continue;
    seen.add(index);
    yield { block, index };
  }
}

/** B_j mod size without bias: null for a block at or above the largest multiple of size that fits in its bits. */
export function indexOfBlock(block: bigint, size: number, bits = BLOCK_BITS): number | null {
  invariant(size > 0, 'an empty log names no ballot');
  const blocks = 1n << BigInt(bits);
  const limit = blocks - (blocks % BigInt(size));
  return block < limit ? Number(block % BigInt(size)) : null;
}

/** B_j = HMAC-SHA256(key, u32(j)) as a big-endian integer. */
function blockAt(key: Buffer, block: number): bigint {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(block);
  return BigInt(`0x${createHmac('sha256', key).update(counter).digest('hex')}`);
}

/** Judges candidates in the order in which the sequence names them. */
export class Jury {
  private readonly winners: { player: string; index: number }[] = [];
  private readonly judged: Candidate[] = [];

  constructor(
    private readonly wanted: number,
    private readonly excluded: ReadonlySet<string>,
  ) {}

  get isComplete(): boolean {
    return this.winners.length === this.wanted;
  }

  get candidates(): readonly Candidate[] {
    return this.judged;
  }

  get winnerIndexes(): readonly number[] {
    return this.winners.map(({ index }) => index);
  }

  judge({ block, index }: NamedIndex, ballot: { readonly id: string; readonly player: string }): void {
    invariant(!this.isComplete, 'nobody is judged after the last winner');
    const verdict = this.verdictOn(ballot.player);
    if (verdict === 'winner') this.winners.push({ player: ballot.player, index });
    this.judged.push({ block, index, ballotId: ballot.id, verdict });
  }

  private verdictOn(player: string): Verdict {
    if (this.excluded.has(player)) return 'excluded';
    return this.winners.some((winner) => winner.player === player) ? 'repeated' : 'winner';
  }
}
