import { Injectable } from '@nestjs/common';
import { NoteSigner } from '../../shared/application/note-signer';
import { LogInclusion, LogProofs } from '../../shared/application/signed-log';
import { JournalSizeInvalid } from '../domain/errors';
import { Journal, JOURNAL, JournalEntry } from './journal';

/** Reads the journal, and proves that nothing in it was ever changed or removed. */
@Injectable()
export class ReadJournal {
  private readonly proofs: LogProofs;

  constructor(
    private readonly journal: Journal,
    signer: NoteSigner,
  ) {
    const sizeInvalid = (fault: string) => new JournalSizeInvalid(fault);
    this.proofs = new LogProofs(journal, signer, { name: JOURNAL, title: 'The journal', sizeInvalid });
  }

  /** The signed checkpoint of the current journal. */
  checkpoint(): Promise<string> {
    return this.proofs.checkpoint();
  }

  /** The entries from this index on, oldest first, at most `limit`, fewer if they are long; and where to go on. */
  async entries(from: number, limit: number): Promise<{ items: readonly JournalEntry[]; next: number | null }> {
    const items = await this.journal.entries(from, limit);
    const next = from + items.length;
    const isCut = items.length > 0 && items.length < limit && next < (await this.journal.size());
    return { items, next: items.length === limit || isCut ? next : null };
  }

  /** `wanted` null: the current tree. @throws JournalSizeInvalid unless the tree of this size contains the entry. */
  inclusion(index: number, wanted: number | null): Promise<LogInclusion> {
    return this.proofs.inclusion(index, wanted);
  }

  /** Proof that the journal of size `from` is the beginning of that of size `to`. @throws JournalSizeInvalid */
  consistency(from: number, to: number): Promise<readonly Buffer[]> {
    return this.proofs.consistency(from, to);
  }
}
