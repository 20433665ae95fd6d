import { leafHash } from '../../shared/domain/merkle-tree';
import { noteBody } from '../../shared/domain/signed-note';
import { demand, Fault } from '../domain/fault';
import { GrowingLog } from '../domain/growing-log';
import { hexOf } from '../domain/stored-texts';
import type { TrustedKeys } from '../domain/trusted-keys';
import type { JournalEntryRow, Records } from './records';
import type { Tally } from './tally';

const STATEMENT = /^lottery-draw\/v1\/(open|seal|draw)\ndraw ([0-9a-f-]{36})\n/;
const KINDS = ['open', 'seal', 'draw'];

/** Checks the journal, the history of all statements: complete, in order, as signed, and equal to what is stored. */
export class CheckJournal {
  private readonly tree = new GrowingLog();
  /** The first entry whose stored hash differs; the next signed root shows which of the two was changed. */
  private suspect: string | null = null;

  constructor(
    private readonly records: Records,
    private readonly keys: TrustedKeys,
    private readonly tally: Tally,
  ) {}

  /** @throws Fault */
  async execute(): Promise<void> {
    try {
      await this.check();
    } catch (error) {
      throw error instanceof Fault ? error.of('the journal') : error;
    }
  }

  private async check(): Promise<void> {
    const checkpoints = flat(this.records.journalCheckpoints())[Symbol.asyncIterator]();
    const hashes = flat(this.records.journalHashes('leaves'))[Symbol.asyncIterator]();
    let [next, good] = [await nextOf(checkpoints), 0];
    for await (const entries of this.records.journalEntries()) {
      await this.checkStatements(entries);
      for (const { index, statement } of entries) {
        const leaf = leafHash(statement);
        const stored = await nextOf(hashes);
        demand(stored?.index === index, 'journal', hashRow(0, index), 'it is missing');
        if (hexOf(stored.hash) !== leaf.toString('hex')) this.suspect ??= index;
        this.tree.append([leaf]);
        if (next?.size !== String(this.tree.size)) continue;
        this.compare(next, good);
        this.tally.add('journalCheckpoints', 1);
        [next, good] = [await nextOf(checkpoints), this.tree.size];
      }
      this.tally.add('journalEntries', entries.length);
      this.tally.add('journalHashes', entries.length);
    }
    if (next) {
      this.keys.rootOf(next.note, 'journal', Number(next.size), 'journal', checkpointRow(next.size));
      const last = { table: 'journal_entries', key: { index: this.tree.size } };
      throw new Fault('journal', last, `it is missing: there is a signed checkpoint of ${next.size} entries`);
    }
    const surplus = await nextOf(hashes);
    if (surplus) throw new Fault('journal', hashRow('0', surplus.index), 'the journal has no such entry');
    const isCovered = good === this.tree.size;
    demand(
      isCovered,
      'journal',
      checkpointRow(this.tree.size),
      'it is missing: nothing signed covers the last entries',
    );
    await this.checkEdge();
    await this.checkSubtrees();
  }

  /** Each entry is the body of a note in the database, which is signed and was checked before. */
  private async checkStatements(entries: readonly JournalEntryRow[]): Promise<void> {
    const first = this.tree.size;
    const named = entries.map(({ statement }) => STATEMENT.exec(statement));
    const notes = await this.records.notes([...new Set(named.flatMap((match) => match?.[2] ?? []))]);
    for (const [i, { index, statement }] of entries.entries()) {
      const row = (at: number | string) => ({ table: 'journal_entries', key: { index: at } });
      demand(index === String(first + i), 'journal', row(first + i), 'it is missing');
      const [, kind = '', drawId = ''] = named[i] ?? [];
      const note = notes.get(drawId)?.[KINDS.indexOf(kind)];
      const isSaid = note !== undefined && note !== null && noteBody(note) === statement;
      const reason = drawId ? `it is not the ${kind} note of draw ${drawId}` : 'it is no statement about a draw';
      demand(isSaid, 'journal', row(index), reason);
    }
  }

  private compare({ size, note }: { readonly size: string; readonly note: string }, good: number): void {
    const root = this.keys.rootOf(note, 'journal', Number(size), 'journal', checkpointRow(size));
    const isSame = root === this.tree.frontier.root().toString('base64');
    const entries = { table: 'journal_entries', key: { index: this.suspect ?? `${good} to ${this.tree.size - 1}` } };
    demand(isSame, 'journal', entries, `the signed checkpoint of ${size} entries has another root`);
    const row = hashRow(0, this.suspect ?? '');
    demand(this.suspect === null, 'journal', row, 'hash is not that of its entry');
  }

  private async checkEdge(): Promise<void> {
    const { size, frontier } = await this.records.journal();
    const row = { table: 'journal', key: { single: 'true' } };
    demand(size === String(this.tree.size), 'journal', row, `size is ${size}, there are ${this.tree.size} entries`);
    const expected = this.tree.frontier.toBytes().toString('hex');
    demand(hexOf(frontier) === expected, 'journal', row, 'frontier is not that of its entries');
  }

  private async checkSubtrees(): Promise<void> {
    const stored = flat(this.records.journalHashes('subtrees'))[Symbol.asyncIterator]();
    for (const { level, index, hash } of this.tree.subtrees()) {
      const found = await nextOf(stored);
      const isThere = found?.level === String(level) && found.index === String(index);
      demand(isThere, 'journal', hashRow(level, index), 'it is missing');
      demand(
        hexOf(found.hash) === hash.toString('hex'),
        'journal',
        hashRow(level, index),
        'hash is not that of its entries',
      );
      this.tally.add('journalHashes', 1);
    }
    const surplus = await nextOf(stored);
    if (surplus) throw new Fault('journal', hashRow(surplus.level, surplus.index), 'the journal has no such subtree');
  }
}

function hashRow(level: number | string, index: number | string) {
  return { table: 'journal_hashes', key: { level, index } };
}

function checkpointRow(size: number | string) {
  return { table: 'journal_checkpoints', key: { size } };
}

async function* flat<Row>(pieces: AsyncIterable<readonly Row[]>): AsyncGenerator<Row> {
  for await (const piece of pieces) yield* piece;
}

async function nextOf<Row>(rows: AsyncIterator<Row, unknown>): Promise<Row | null> {
  const next = await rows.next();
  return next.done ? null : next.value;
}
