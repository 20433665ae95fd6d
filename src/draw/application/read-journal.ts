import { Injectable } from '@nestjs/common';
import { hashesOf } from '../../shared/application/merkle-proofs';
import { NoteSigner } from '../../shared/application/note-signer';
import { checkpointBody } from '../../shared/domain/signed-note';
import { invariant } from '../../shared/domain/invariant';
import { consistencyRanges, inclusionRanges, LeafRange } from '../../shared/domain/merkle-proof';
import { Frontier } from '../../shared/domain/merkle-tree';
import { JournalSizeInvalid } from '../domain/errors';
import { Journal, JournalEntry, journalOrigin } from './journal';

export interface JournalInclusion {
  readonly index: number;
  /** Number of leaves of the tree that the proof is for. */
  readonly size: number;
  /** Bottom first (RFC 9162 section 2.1.3). */
  readonly hashes: readonly Buffer[];
  /** The signed checkpoint of this size, or null if there is none. */
  readonly checkpoint: string | null;
}

/** Reads the journal, and proves that nothing in it was ever changed or removed. */
@Injectable()
export class ReadJournal {
  constructor(
    private readonly journal: Journal,
    private readonly signer: NoteSigner,
  ) {}

  /** The signed checkpoint of the current journal. */
  async checkpoint(): Promise<string> {
    const checkpoint = await this.checkpointAt(await this.journal.size());
    invariant(checkpoint !== null, 'each append to the journal made a checkpoint');
    return checkpoint;
  }

  /** The entries from this index on, at most `limit`, oldest first. */
  entries(from: number, limit: number): Promise<readonly JournalEntry[]> {
    return this.journal.entries(from, limit);
  }

  /** `wanted` null: the current tree. @throws JournalSizeInvalid unless the tree of this size contains the entry. */
  async inclusion(index: number, wanted: number | null): Promise<JournalInclusion> {
    const size = wanted ?? (await this.journal.size());
    await this.assertReached(size);
    if (index >= size) throw new JournalSizeInvalid(`The tree of ${size} ends before entry ${index}.`);
    const hashes = await this.hashesOf(inclusionRanges(index, size));
    return { index, size, hashes, checkpoint: await this.checkpointAt(size) };
  }

  /** Proof that the journal of size `from` is the beginning of that of size `to`. @throws JournalSizeInvalid */
  async consistency(from: number, to: number): Promise<readonly Buffer[]> {
    await this.assertReached(to);
    if (from < 1 || from > to) throw new JournalSizeInvalid(`A tree of ${to} does not begin with one of ${from}.`);
    return this.hashesOf(consistencyRanges(from, to));
  }

  private async assertReached(size: number): Promise<void> {
    const current = await this.journal.size();
    if (size > current) throw new JournalSizeInvalid(`The journal has ${current} entries, not ${size}.`);
  }

  private hashesOf(ranges: readonly LeafRange[]): Promise<Buffer[]> {
    return hashesOf(ranges, (spans) => this.journal.hashes(spans));
  }

  /** Statements made together have one checkpoint. Only the empty journal's is not stored. */
  private async checkpointAt(size: number): Promise<string | null> {
    const empty = () => this.signer.sign(checkpointBody(journalOrigin(this.signer), 0, Frontier.empty.root()));
    return size === 0 ? empty() : this.journal.checkpointAt(size);
  }
}
