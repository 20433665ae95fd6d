import { createHmac, hash } from 'node:crypto';
import { invariant } from '../../shared/domain/invariant';
import { ProtocolVersion, versionOf } from './protocol-version';

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

/** How many candidates may be excluded or repeated before ranks decide: it bounds the draw note, and the bundle. */
const MAX_MISSES: Readonly<Record<ProtocolVersion, number>> = { 1: Infinity, 2: 256 };

const BLOCK_BITS = 256;
const NO_BEACON = Buffer.alloc(32);

/**
 * The key of the blocks: HMAC-SHA256(secret, "lottery-draw/v2" || 00 || H(open body) || H(seal body) || randomness),
 * with the version of the open note, where randomness is H(beacon signature), or 32 zero bytes without one
 * (docs/draw-protocol.md section 6).
 */
export function drawKey(secret: Buffer, openBody: string, sealBody: string, beaconSignature: Buffer | null): Buffer {
  return createHmac('sha256', secret)
    .update(`lottery-draw/v${versionOf(openBody)}\0`)
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
  for (const named of blocks(key, size)) if (named !== null) yield named;
}

/** As `namedIndexes`, with null for each block that is skipped: of a log nearly all named, thousands are in a row. */
export function* blocks(key: Buffer, size: number): Generator<NamedIndex | null> {
  const seen = new Set<number>();
  for (let block = 0; seen.size < size; block++) {
    const index = indexOfBlock(blockAt(key, block), size);
    const isNew = index !== null && !seen.has(index);
    if (isNew) seen.add(index);
    yield isNew ? { block, index } : null;
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
export function blockAt(key: Buffer, block: number): bigint {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(block);
  return BigInt(`0x${createHmac('sha256', key).update(counter).digest('hex')}`);
}

/** Judges candidates in the order in which the sequence names them, until all winners are found or too many missed. */
export class Jury {
  private readonly winners: { player: string; index: number }[] = [];
  private readonly judged: Candidate[] = [];
  private readonly maxMisses: number;

  constructor(
    private readonly wanted: number,
    private readonly excluded: ReadonlySet<string>,
    version: ProtocolVersion,
  ) {
    this.maxMisses = MAX_MISSES[version];
  }

  /** Whether nobody else is judged. */
  get isOver(): boolean {
    return this.missing === 0 || this.hasMissed;
  }

  /** Whether ranks find the winners that are missing. */
  get hasMissed(): boolean {
    return this.judged.length - this.winners.length === this.maxMisses;
  }

  /** Number of winners not found yet. */
  get missing(): number {
    return this.wanted - this.winners.length;
  }

  /** The first block that no candidate has used. */
  get nextBlock(): number {
    return (this.judged.at(-1)?.block ?? -1) + 1;
  }

  get winningPlayers(): readonly string[] {
    return this.winners.map(({ player }) => player);
  }

  get candidates(): readonly Candidate[] {
    return this.judged;
  }

  get winnerIndexes(): readonly number[] {
    return this.winners.map(({ index }) => index);
  }

  judge({ block, index }: NamedIndex, ballot: { readonly id: string; readonly player: string }): void {
    invariant(!this.isOver, 'nobody is judged after the last winner or miss');
    const verdict = this.verdictOn(ballot.player);
    if (verdict === 'winner') this.winners.push({ player: ballot.player, index });
    this.judged.push({ block, index, ballotId: ballot.id, verdict });
  }

  private verdictOn(player: string): Verdict {
    if (this.excluded.has(player)) return 'excluded';
    return this.winners.some((winner) => winner.player === player) ? 'repeated' : 'winner';
  }
}
