import { Ballot, playerOf } from '../../src/ballot/domain/ballot';
import { BallotNotFound, TreeSizeInvalid } from '../../src/ballot/domain/errors';
import {
  BallotList,
  Ballots,
  Entrant,
  Holder,
  InclusionProof,
  LogAppending,
  LogOpening,
  LogProofs,
  LogSealing,
  LogTerms,
  Place,
  Receipt,
  SealedLog,
} from '../../src/ballot/ballot.api';
import { Page, pageOf, PageRequest } from '../../src/shared/application/page';
import { invariant } from '../../src/shared/domain/invariant';
import { Frontier, leafHash } from '../../src/shared/domain/merkle-tree';

const SUBMITTED_AT = new Date('2026-11-21T12:00:00.000Z');

/** Logs by draw: what other modules may ask of ballots, and how their logs begin and end. */
export class FakeBallots extends Ballots {
  rows: ReadonlyMap<string, readonly Ballot[]> = new Map();

  /** One more ballot of this draw. */
  cast(drawId: string, userId: string): Ballot {
    const index = this.of(drawId).length;
    const id = `ballot-${index}-of-${drawId.replaceAll(' ', '-')}`;
    const ballot = new Ballot(drawId, index, id, userId, pseudonym(userId, drawId), SUBMITTED_AT);
    this.rows = new Map(this.rows).set(drawId, [...this.of(drawId), ballot]);
    return ballot;
  }

  async sizes(drawIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const known = drawIds.filter((drawId) => this.rows.has(drawId));
    return new Map(known.map((drawId) => [drawId, this.of(drawId).length]));
  }

  async at(places: readonly Place[]): Promise<readonly Ballot[]> {
    return places.map(({ drawId, index }) => {
      const ballot = this.of(drawId)[index];
      invariant(ballot, `there is a ballot at ${index}`);
      return ballot;
    });
  }

  async *lines(drawId: string, size: number): AsyncIterable<string> {
    for (const ballot of this.of(drawId).slice(0, size)) yield `${ballot.line}\n`;
  }

  async *players(drawId: string, size: number): AsyncIterable<readonly string[]> {
    const players = this.of(drawId).map(({ player }) => player);
    for (let at = 0; at < size; at += 7) yield players.slice(at, Math.min(at + 7, size));
  }

  async counts(holders: readonly Holder[]): Promise<readonly number[]> {
    return holders.map((one) => this.of(one.drawId).filter(({ userId }) => userId === one.userId).length);
  }

  async ofDraw(drawId: string, { cursor, limit }: PageRequest): Promise<Page<Ballot>> {
    const after = this.of(drawId).filter(({ index }) => cursor === null || index > Number(cursor));
    return pageOf(after.slice(0, limit + 1), limit, ({ index }) => String(index));
  }

  async ofUser(userId: string, { cursor, limit }: PageRequest): Promise<Page<Ballot>> {
    const [drawId = '', index] = cursor?.split('.') ?? [];
    const found = this.all()
      .filter((ballot) => ballot.userId === userId)
      .sort((a, b) => (a.drawId === b.drawId ? b.index - a.index : a.drawId < b.drawId ? 1 : -1))
      .filter((one) => cursor === null || one.drawId < drawId || (one.drawId === drawId && one.index < Number(index)));
    return pageOf(found.slice(0, limit + 1), limit, (ballot) => `${ballot.drawId}.${ballot.index}`);
  }

  async find(ballotId: string): Promise<Ballot> {
    const ballot = this.all().find(({ id }) => id === ballotId);
    if (!ballot) throw new BallotNotFound();
    return ballot;
  }

  async receipts(places: readonly Place[]): Promise<readonly Receipt[]> {
    return (await this.at(places)).map(replayOf);
  }

  async receiptsOf(drawId: string, ballotIds: readonly string[]): Promise<ReadonlyMap<string, Receipt>> {
    const found = this.of(drawId).filter(({ id }) => ballotIds.includes(id));
    if (found.length < new Set(ballotIds).size) throw new BallotNotFound();
    return new Map(found.map((ballot) => [ballot.id, replayOf(ballot)]));
  }

  async receipt(ballotId: string): Promise<Receipt> {
    return replayOf(await this.find(ballotId));
  }

  of(drawId: string): readonly Ballot[] {
    return this.rows.get(drawId) ?? [];
  }

  private all(): Ballot[] {
    return [...this.rows.values()].flat();
  }
}

/** Remembers which logs were opened. */
export class FakeLogOpening extends LogOpening {
  rows: readonly LogTerms[] = [];

  async open(logs: readonly LogTerms[]): Promise<void> {
    this.rows = [...this.rows, ...logs];
  }
}

/** Casts a ballot for each entrant. */
export class FakeLogAppending extends LogAppending {
  constructor(private readonly ballots: FakeBallots) {
    super();
  }

  async append(entrants: ReadonlyMap<string, readonly Entrant[]>): Promise<ReadonlyMap<string, readonly Receipt[]>> {
    const cast = (drawId: string) => (entrant: Entrant) => receiptFor(this.ballots.cast(drawId, entrant.userId));
    return new Map([...entrants].map(([drawId, some]) => [drawId, some.map(cast(drawId))]));
  }
}

/** Seals what `FakeBallots` has at a time that can be chosen, without the ballots of these users. */
export class FakeLogSealing extends LogSealing {
  sealedAt = new Date('2026-11-22T00:00:01.000Z');
  banned: readonly string[] = [];
  rows: readonly string[] = [];

  constructor(private readonly ballots: FakeBallots) {
    super();
  }

  async seal(drawIds: readonly string[]): Promise<readonly SealedLog[]> {
    this.rows = [...this.rows, ...drawIds];
    return drawIds.map((drawId) => {
      const ballots = this.ballots.of(drawId);
      const { frontier } = Frontier.empty.append(ballots.map(({ line }) => leafHash(line)));
      const out = ballots.filter(({ userId }) => this.banned.includes(userId));
      const exclusions = [...new Set(out.map(({ player }) => player))].sort();
      const { sealedAt } = this;
      return {
        sealedAt,
        size: ballots.length,
        root: frontier.root(),
        exclusions,
        eligible: ballots.length - out.length,
      };
    });
  }
}

/** The checkpoint that a fake receipt has. */
function checkpointOf({ drawId, index }: Pick<Ballot, 'drawId' | 'index'>): string {
  return `checkpoint ${index + 1} of ${drawId}`;
}

export function receiptFor(ballot: Ballot): Receipt {
  return { ballot, checkpoint: checkpointOf(ballot), replayed: false };
}

function replayOf(ballot: Ballot): Receipt {
  return { ...receiptFor(ballot), replayed: true };
}

function pseudonym(userId: string, drawId: string): string {
  return playerOf(Buffer.from(userId), drawId);
}

/** Its hashes say what was asked for: a place and a size. */
export class FakeProofs extends LogProofs {
  constructor(private readonly ballots: FakeBallots) {
    super();
  }

  async inclusion(ballotId: string, wanted: number | null): Promise<InclusionProof> {
    const ballot = await this.ballots.find(ballotId);
    const size = wanted ?? this.ballots.of(ballot.drawId).length;
    return { ballot, size, hashes: [Buffer.from([ballot.index, size])], checkpoint: checkpointOf(ballot) };
  }

  async inclusions(_drawId: string, indexes: readonly number[], size: number): Promise<Buffer[][]> {
    return indexes.map((index) => [Buffer.from([index, size])]);
  }

  async consistency(drawId: string, from: number, to: number): Promise<readonly Buffer[]> {
    const size = this.ballots.of(drawId).length;
    if (from < 1 || from > to || to > size) throw new TreeSizeInvalid('no such tree');
    return [Buffer.from([from, to])];
  }

  async checkpoint(drawId: string): Promise<string> {
    return checkpointOf({ drawId, index: this.ballots.of(drawId).length - 1 });
  }

  async list(drawId: string): Promise<BallotList> {
    const size = this.ballots.of(drawId).length;
    return { checkpoint: await this.checkpoint(drawId), lines: this.ballots.lines(drawId, size) };
  }
}
