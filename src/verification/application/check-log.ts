import { BallotList, ballotRow } from '../domain/ballot-list';
import { demand, Fault } from '../domain/fault';
import { GrowingLog } from '../domain/growing-log';
import type { RankCount } from '../domain/rank-count';
import type { CheckpointRow, DrawRow, LogRow } from '../domain/rows';
import { hexOf } from '../domain/stored-texts';
import type { TrustedKeys } from '../domain/trusted-keys';
import { Pseudonyms } from './pseudonyms';
import type { Records } from './records';
import type { Tally } from './tally';

/** The archiver may delete the subtrees of archived logs: they can be recomputed from the archive. */
const LEVEL_OF_ARCHIVED = 1;

/** What is known of a log that was read to its end. */
export interface CheckedLog {
  readonly tree: GrowingLog;
  readonly list: BallotList;
  /** The last signed checkpoint. */
  readonly checkpoint: string;
}

interface Asked {
  readonly exclusions: ReadonlySet<string>;
  /** The ballots that are needed later, with their proofs. */
  readonly candidates: readonly number[];
  /** For the ranks; null if the draw note has none. */
  readonly ranks: RankCount | null;
}

/** Reads the ballots of a draw and recomputes its tree; every signed checkpoint and everything stored must agree. */
export class CheckLog {
  private readonly pseudonyms: Pseudonyms;

  constructor(
    private readonly records: Records,
    private readonly keys: TrustedKeys,
    private readonly tally: Tally,
  ) {
    this.pseudonyms = new Pseudonyms(records);
  }

  /** @throws Fault */
  async execute(draw: DrawRow, log: LogRow, { exclusions, candidates, ranks }: Asked): Promise<CheckedLog> {
    const tree = new GrowingLog(candidates);
    const list = new BallotList(draw.id, exclusions, candidates, log, ranks);
    this.pseudonyms.begin(draw.id, draw.pool ? 'pool_players' : 'users');
    const signed = new SignedSizes(draw.id, this.checkpointsOf(draw.id), this.keys);
    await signed.start(tree);
    for await (const ballots of this.records.ballots.of(draw.id)) {
      const leaves = list.take(ballots);
      // Signed roots first: they distinguish a changed ballot from a changed salt.
      await signed.append(tree, leaves);
      await this.pseudonyms.check(ballots);
      this.tally.add('ballots', ballots.length);
    }
    signed.end(tree);
    list.checkLog(tree, draw);
    await this.checkSubtrees(draw, tree);
    return { tree, list, checkpoint: signed.last };
  }

  private async *checkpointsOf(drawId: string): AsyncIterable<CheckpointRow> {
    for await (const rows of this.records.checkpoints.of(drawId)) {
      this.tally.add('checkpoints', rows.length);
      yield* rows;
    }
  }

  /** The signed roots agree with the ballots, so what is stored in between can only be wrong by itself. */
  private async checkSubtrees({ id: drawId, archived }: DrawRow, tree: GrowingLog): Promise<void> {
    const expected = tree.subtrees();
    const mayBeGone = ({ level }: { readonly level: number }) => archived === 't' && level === LEVEL_OF_ARCHIVED;
    for await (const rows of this.records.subtrees.of(drawId)) {
      for (const stored of rows) {
        const { level, index } = stored;
        const isStored = (one: { level: number; index: number }) =>
          level === String(one.level) && index === String(one.index);
        let next = expected.next();
        while (!next.done && mayBeGone(next.value) && !isStored(next.value)) next = expected.next();
        const row = { table: 'ballot_subtrees', key: { draw_id: drawId, level, index } };
        demand(!next.done, 'subtrees', row, 'the log has no such subtree');
        const due = { ...row, key: { draw_id: drawId, level: next.value.level, index: next.value.index } };
        demand(isStored(next.value), 'subtrees', due, 'it is missing');
        demand(
          hexOf(stored.hash) === next.value.hash.toString('hex'),
          'subtrees',
          row,
          'hash is not that of its ballots',
        );
      }
      this.tally.add('subtrees', rows.length);
    }
    let left = expected.next();
    while (!left.done && mayBeGone(left.value)) left = expected.next();
    if (left.done) return;
    const key = { draw_id: drawId, level: left.value.level, index: left.value.index };
    throw new Fault('subtrees', { table: 'ballot_subtrees', key }, 'it is missing');
  }
}

/** Compares the growing tree with the signed root of each size that has one. */
class SignedSizes {
  private readonly checkpoints: AsyncIterator<CheckpointRow, unknown>;
  private next: CheckpointRow | null = null;
  /** The last size whose root equalled the signed one. */
  private good = 0;
  private lastNote = '';

  constructor(
    private readonly drawId: string,
    checkpoints: AsyncIterable<CheckpointRow>,
    private readonly keys: TrustedKeys,
  ) {
    this.checkpoints = checkpoints[Symbol.asyncIterator]();
  }

  get last(): string {
    return this.lastNote;
  }

  /** Every log begins with a checkpoint of the empty tree. */
  async start(tree: GrowingLog): Promise<void> {
    await this.advance();
    demand(this.next?.size === '0', 'checkpoints', this.row(0), 'it is missing');
    await this.compare(tree);
  }

  async append(tree: GrowingLog, leaves: readonly Buffer[]): Promise<void> {
    for (let at = 0; at < leaves.length;) {
      const signed = Number(this.next?.size ?? Infinity);
      const some = leaves.slice(at, at + signed - tree.size);
      tree.append(some);
      at += some.length;
      if (tree.size === signed) await this.compare(tree);
    }
  }

  end(tree: GrowingLog): void {
    if (this.next) {
      const { size, note } = this.next;
      this.keys.rootOf(note, `draws/${this.drawId}`, Number(size), 'checkpoints', this.row(size));
      const row = ballotRow(this.drawId, tree.size);
      throw new Fault('ballots', row, `it is missing: there is a signed checkpoint of ${size} ballots`);
    }
    const row = this.row(tree.size);
    const reason = `it is missing: the last signed checkpoint has ${this.good} ballots, the log ${tree.size}`;
    demand(this.good === tree.size, 'checkpoints', row, reason);
  }

  private async compare(tree: GrowingLog): Promise<void> {
    const { size, note } = this.next as CheckpointRow;
    const root = this.keys.rootOf(note, `draws/${this.drawId}`, Number(size), 'checkpoints', this.row(size));
    if (root !== tree.frontier.root().toString('base64')) {
      const some = tree.size - this.good === 1 ? this.good : `${this.good} to ${tree.size - 1}`;
      const reason = `the signed checkpoint of ${size} ballots has another root: one of these ballots was changed`;
      throw new Fault('root', ballotRow(this.drawId, some), reason);
    }
    this.good = tree.size;
    this.lastNote = note;
    await this.advance();
  }

  private async advance(): Promise<void> {
    const next = await this.checkpoints.next();
    const before = Number(this.next?.size ?? -1);
    this.next = next.done ? null : next.value;
    if (this.next === null) return;
    const { size } = this.next;
    demand(Number(size) > before, 'checkpoints', this.row(size), `it comes behind the one of ${before} ballots`);
  }

  private row(size: number | string) {
    return { table: 'ballot_checkpoints', key: { draw_id: this.drawId, size } };
  }
}
