import type { Span } from '../../shared/domain/merkle-proof';
import { Frontier, HASH_BYTES, SUBTREE_WIDTH } from '../../shared/domain/merkle-tree';

const INITIAL_HASHES = 16;

/** Hashes in one buffer, which takes a quarter of the memory of as many buffers. */
class HashList {
  private bytes = Buffer.alloc(INITIAL_HASHES * HASH_BYTES);
  private count = 0;

  push(hash: Buffer): void {
    const end = this.count++ * HASH_BYTES;
    if (end === this.bytes.length) this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)]);
    hash.copy(this.bytes, end);
  }

  slice(start: number, end: number): Buffer[] {
    const found: Buffer[] = [];
    for (let i = start; i < Math.min(end, this.count); i++) {
      found.push(this.bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
    }
    return found;
  }

  *all(): Generator<Buffer> {
    for (let i = 0; i < this.count; i++) yield this.bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);
  }
}

/**
 * A tree computed from its leaves alone, one after another. Of a million leaves it keeps two megabytes: the completed
 * subtrees, which proofs and the comparison with stored subtrees need.
 */
export class GrowingLog {
  private tree = Frontier.empty;
  /** The completed subtrees by level; none at level 0. */
  private readonly levels: HashList[] = [new HashList()];
  /** The leaves after the last completed subtree. */
  private tail: Buffer[] = [];
  private readonly kept = new Map<number, readonly Buffer[]>();
  private readonly keptBlocks: ReadonlySet<number>;

  /** `provable`: leaves for which a proof will be needed. */
  constructor(provable: readonly number[] = []) {
    this.keptBlocks = new Set(provable.map(blockOf));
  }

  get frontier(): Frontier {
    return this.tree;
  }

  get size(): number {
    return this.tree.size;
  }

  append(leaves: readonly Buffer[]): void {
    const { frontier, completed } = this.tree.append(leaves);
    for (const { level, hash } of completed) (this.levels[level] ??= new HashList()).push(hash);
    this.keepLeaves(leaves);
    this.tree = frontier;
  }

  /** The completed subtrees, lowest level first, each level in order. */
  *subtrees(): Generator<{ level: number; index: number; hash: Buffer }> {
    for (const [level, hashes] of this.levels.entries()) {
      let index = 0;
      for (const hash of hashes.all()) yield { level, index: index++, hash };
    }
  }

  /** The hashes of these spans. Of the leaves, only those of the kept blocks and of the tail are available. */
  read(spans: readonly Span[]): ReadonlyMap<Span, readonly Buffer[]> {
    return new Map(spans.map((span) => [span, this.hashesOf(span)]));
  }

  private hashesOf({ level, start, end }: Span): readonly Buffer[] {
    if (level > 0) return this.levels[level]?.slice(start, end) ?? [];
    const block = blockOf(start);
    const leaves = this.kept.get(block) ?? this.tail;
    return leaves.slice(start - block * SUBTREE_WIDTH, end - block * SUBTREE_WIDTH);
  }

  private keepLeaves(leaves: readonly Buffer[]): void {
    for (let at = 0; at < leaves.length;) {
      const room = SUBTREE_WIDTH - this.tail.length;
      const some = leaves.slice(at, at + room);
      for (const leaf of some) this.tail.push(leaf);
      at += some.length;
      if (this.tail.length < SUBTREE_WIDTH) return;
      const block = blockOf(this.tree.size + at - 1);
      if (this.keptBlocks.has(block)) this.kept.set(block, this.tail);
      this.tail = [];
    }
  }
}

function blockOf(index: number): number {
  return Math.floor(index / SUBTREE_WIDTH);
}
