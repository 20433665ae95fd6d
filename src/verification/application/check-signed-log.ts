import { leafHash } from '../../shared/domain/merkle-tree';
import { demand, Fault } from '../domain/fault';
import { GrowingLog } from '../domain/growing-log';
import { LOG_TABLES } from '../domain/log-tables';
import { hexOf } from '../domain/stored-texts';
import type { TrustedKeys } from '../domain/trusted-keys';
import type { LogName, Records } from './records';
import type { Tally } from './tally';

/** An entry of a log, and the exact text of its leaf. */
export interface LogEntry {
  readonly index: string;
  readonly leaf: string;
}

/**
 * Checks a log that the service signs checkpoints of: its entries are complete and in order, all signed roots are those
 * of its tree, and so is everything that is stored of the tree.
 */
export class CheckSignedLog {
  private readonly tree = new GrowingLog();
  /** The first entry whose stored hash differs; the next signed root shows which of the two was changed. */
  private suspect: string | null = null;

  private readonly tables;

  constructor(
    private readonly name: LogName,
    private readonly records: Records,
    private readonly keys: TrustedKeys,
    private readonly tally: Tally,
  ) {
    this.tables = LOG_TABLES[name];
  }

  /** @throws Fault */
  async execute(pieces: AsyncIterable<readonly LogEntry[]>): Promise<void> {
    const { name, tally } = this;
    const checkpoints = flat(this.records.logCheckpoints(name))[Symbol.asyncIterator]();
    const hashes = flat(this.records.logHashes(name, 'leaves'))[Symbol.asyncIterator]();
    let [next, good] = [await nextOf(checkpoints), 0];
    for await (const entries of pieces) {
      for (const { index, leaf: text } of entries) {
        demand(index === String(this.tree.size), name, this.entryRow(this.tree.size), 'it is missing');
        const leaf = leafHash(text);
        if (this.tables.hasLeaves) {
          const stored = await nextOf(hashes);
          demand(stored?.index === index, name, this.hashRow(0, index), 'it is missing');
          if (hexOf(stored.hash) !== leaf.toString('hex')) this.suspect ??= index;
        }
        this.tree.append([leaf]);
        if (next?.size !== String(this.tree.size)) continue;
        this.compare(next, good);
        tally.add(`${name}Checkpoints`, 1);
        [next, good] = [await nextOf(checkpoints), this.tree.size];
      }
      tally.add(`${name}Entries`, entries.length);
      if (this.tables.hasLeaves) tally.add(`${name}Hashes`, entries.length);
    }
    if (next) {
      this.keys.rootOf(next.note, name, Number(next.size), name, this.checkpointRow(next.size));
      const reason = `it is missing: there is a signed checkpoint of ${next.size} entries`;
      throw new Fault(name, this.entryRow(this.tree.size), reason);
    }
    const surplus = await nextOf(hashes);
    if (surplus) throw new Fault(name, this.hashRow('0', surplus.index), 'the log has no such entry');
    const uncovered = 'it is missing: nothing signed covers the last entries';
    demand(good === this.tree.size, name, this.checkpointRow(this.tree.size), uncovered);
    await this.checkEdge();
    await this.checkSubtrees();
  }

  private compare({ size, note }: { readonly size: string; readonly note: string }, good: number): void {
    const root = this.keys.rootOf(note, this.name, Number(size), this.name, this.checkpointRow(size));
    const isSame = root === this.tree.frontier.root().toString('base64');
    const entries = this.entryRow(this.suspect ?? `${good} to ${this.tree.size - 1}`);
    demand(isSame, this.name, entries, `the signed checkpoint of ${size} entries has another root`);
    const row = this.hashRow(0, this.suspect ?? '');
    demand(this.suspect === null, this.name, row, 'hash is not that of its entry');
  }

  private async checkEdge(): Promise<void> {
    const row = { table: this.tables.edge, key: { single: 'true' } };
    const edge = await this.records.logEdge(this.name);
    demand(edge, this.name, row, 'it is missing');
    const reason = `size is ${edge.size}, there are ${this.tree.size} entries`;
    demand(edge.size === String(this.tree.size), this.name, row, reason);
    const expected = this.tree.frontier.toBytes().toString('hex');
    demand(hexOf(edge.frontier) === expected, this.name, row, 'frontier is not that of its entries');
  }

  private async checkSubtrees(): Promise<void> {
    const stored = flat(this.records.logHashes(this.name, 'subtrees'))[Symbol.asyncIterator]();
    for (const { level, index, hash } of this.tree.subtrees()) {
      const found = await nextOf(stored);
      const isThere = found?.level === String(level) && found.index === String(index);
      demand(isThere, this.name, this.hashRow(level, index), 'it is missing');
      const isSame = hexOf(found.hash) === hash.toString('hex');
      demand(isSame, this.name, this.hashRow(level, index), 'hash is not that of its entries');
      this.tally.add(`${this.name}Hashes`, 1);
    }
    const surplus = await nextOf(stored);
    if (surplus) throw new Fault(this.name, this.hashRow(surplus.level, surplus.index), 'the log has no such subtree');
  }

  private entryRow(index: number | string) {
    return { table: this.tables.entries, key: { index } };
  }

  private hashRow(level: number | string, index: number | string) {
    return { table: this.tables.hashes, key: { level, index } };
  }

  private checkpointRow(size: number | string) {
    return { table: this.tables.checkpoints, key: { size } };
  }
}

async function* flat<Row>(pieces: AsyncIterable<readonly Row[]>): AsyncGenerator<Row> {
  for await (const piece of pieces) yield* piece;
}

async function nextOf<Row>(rows: AsyncIterator<Row, unknown>): Promise<Row | null> {
  const next = await rows.next();
  return next.done ? null : next.value;
}
