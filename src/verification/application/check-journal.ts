import { noteBody } from '../../shared/domain/signed-note';
import { demand, Fault } from '../domain/fault';
import type { TrustedKeys } from '../domain/trusted-keys';
import { CheckSignedLog, LogEntry } from './check-signed-log';
import type { JournalEntryRow, Records } from './records';
import type { Tally } from './tally';

const STATEMENT = /^lottery-draw\/v[12]\/(open|seal|draw)\ndraw ([0-9a-f-]{36})\n/;
const KINDS = ['open', 'seal', 'draw'];

/** Checks the journal, the history of all statements: complete, in order, as signed, and equal to what is stored. */
export class CheckJournal {
  private readonly log: CheckSignedLog;

  constructor(
    private readonly records: Records,
    keys: TrustedKeys,
    tally: Tally,
  ) {
    this.log = new CheckSignedLog('journal', records, keys, tally);
  }

  /** @throws Fault */
  async execute(): Promise<void> {
    try {
      await this.log.execute(this.checked());
    } catch (error) {
      throw error instanceof Fault ? error.of('the journal') : error;
    }
  }

  private async *checked(): AsyncGenerator<readonly LogEntry[]> {
    for await (const entries of this.records.journalEntries()) {
      await this.checkStatements(entries);
      yield entries.map(({ index, statement }) => ({ index, leaf: statement }));
    }
  }

  /** Each entry is the body of a note in the database, which is signed and was checked before. */
  private async checkStatements(entries: readonly JournalEntryRow[]): Promise<void> {
    const named = entries.map(({ statement }) => STATEMENT.exec(statement));
    const notes = await this.records.notes([...new Set(named.flatMap((match) => match?.[2] ?? []))]);
    for (const [i, { index, statement }] of entries.entries()) {
      const [, kind = '', drawId = ''] = named[i] ?? [];
      const note = notes.get(drawId)?.[KINDS.indexOf(kind)];
      const isSaid = note !== undefined && note !== null && noteBody(note) === statement;
      const reason = drawId ? `it is not the ${kind} note of draw ${drawId}` : 'it is no statement about a draw';
      demand(isSaid, 'journal', { table: 'journal_entries', key: { index } }, reason);
    }
  }
}
