import type { DomainError } from '../domain/domain-error';
import { invariant } from '../domain/invariant';
import { consistencyRanges, inclusionRanges, LeafRange, Span } from '../domain/merkle-proof';
import { Frontier, leafHash, Subtree } from '../domain/merkle-tree';
import { checkpointBody } from '../domain/signed-note';
import { hashesOf } from './merkle-proofs';
import type { NoteSigner } from './note-signer';

/** What new entries add to the stored tree of a log. */
export interface LogAppend {
  /** The tree with the entries at its end. */
  readonly frontier: Frontier;
  /** The hashes of the new leaves. */
  readonly hashes: readonly Buffer[];
  readonly completed: readonly Subtree[];
  /** The signed checkpoint of the new size. */
  readonly checkpoint: string;
}

/** Stores the tree of an append-only log and the checkpoints that were signed of it. */
export interface LogStore {
  /** Returns the current tree under the log's row lock. Holds the lock until commit. */
  lock(): Promise<Frontier>;
  size(): Promise<number>;
  /** The hashes of these spans, each complete and in order. */
  hashes(spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>>;
  /** The signed checkpoint of this size, or null if there is none: each append makes one. */
  checkpointAt(size: number): Promise<string | null>;
}

/** Proof that one entry is in the tree of a size. */
export interface LogInclusion {
  readonly index: number;
  /** Number of leaves of the tree that the proof is for. */
  readonly size: number;
  /** Bottom first (RFC 9162 section 2.1.3). */
  readonly hashes: readonly Buffer[];
  /** The signed checkpoint of this size, or null if there is none. */
  readonly checkpoint: string | null;
}

interface LogNames {
  /** What follows the service's origin in the first line of each checkpoint (C2SP tlog-checkpoint). */
  readonly name: string;
  /** In the texts of problems: `The journal`. */
  readonly title: string;
  /** The problem of a size that the log has not, or a tree that cannot contain what is asked for. */
  readonly sizeInvalid: (fault: string) => DomainError;
}

/** The log with these leaves at its end, each the exact text of an entry, and one checkpoint for all of them. */
export function extendLog(before: Frontier, leaves: readonly string[], signer: NoteSigner, name: string): LogAppend {
  const hashes = leaves.map(leafHash);
  const { frontier, completed } = before.append(hashes);
  const body = checkpointBody(`${signer.origin}/${name}`, frontier.size, frontier.root());
  return { frontier, hashes, completed, checkpoint: signer.sign(body) };
}

/** Proves what a log contains, and that nothing in it was ever changed or removed. */
export class LogProofs {
  constructor(
    private readonly store: LogStore,
    private readonly signer: NoteSigner,
    private readonly names: LogNames,
  ) {}

  /** The signed checkpoint of the current log. */
  async checkpoint(): Promise<string> {
    const checkpoint = await this.checkpointAt(await this.store.size());
    invariant(checkpoint !== null, 'each append to a log made a checkpoint');
    return checkpoint;
  }

  /** `wanted` null: the current tree. @throws what `sizeInvalid` makes unless the tree of this size has the entry. */
  async inclusion(index: number, wanted: number | null): Promise<LogInclusion> {
    const size = wanted ?? (await this.store.size());
    await this.assertReached(size);
    if (index >= size) throw this.names.sizeInvalid(`The tree of ${size} ends before entry ${index}.`);
    const hashes = await this.hashesOf(inclusionRanges(index, size));
    return { index, size, hashes, checkpoint: await this.checkpointAt(size) };
  }

  /** Proof that the log of size `from` is the beginning of that of size `to`. @throws what `sizeInvalid` makes */
  async consistency(from: number, to: number): Promise<readonly Buffer[]> {
    await this.assertReached(to);
    if (from < 1 || from > to) throw this.names.sizeInvalid(`A tree of ${to} does not begin with one of ${from}.`);
    return this.hashesOf(consistencyRanges(from, to));
  }

  private async assertReached(size: number): Promise<void> {
    const current = await this.store.size();
    if (size > current) throw this.names.sizeInvalid(`${this.names.title} has ${current} entries, not ${size}.`);
  }

  private hashesOf(ranges: readonly LeafRange[]): Promise<Buffer[]> {
    return hashesOf(ranges, (spans) => this.store.hashes(spans));
  }

  /** Entries made together have one checkpoint. Only the empty log's is not stored. */
  private async checkpointAt(size: number): Promise<string | null> {
    if (size > 0) return this.store.checkpointAt(size);
    return extendLog(Frontier.empty, [], this.signer, this.names.name).checkpoint;
  }
}
