import { Beacon } from '../../src/draw/application/beacon';
import { CommittedDraw, Draws } from '../../src/draw/application/draws';
import { Journal, JournalAppend, JournalEntry, MAX_ENTRIES_BYTES } from '../../src/draw/application/journal';
import { BeaconChain } from '../../src/draw/domain/beacon-chain';
import { Draw } from '../../src/draw/domain/draw';
import type { Trigger } from '../../src/draw/domain/trigger';
import {
  Bundle,
  DrawBundles,
  Drawing,
  Drawn,
  DrawOpening,
  DrawSealing,
  DrawTerms,
  Sealed,
} from '../../src/draw/draw.api';
import { invariant } from '../../src/shared/domain/invariant';
import type { Span } from '../../src/shared/domain/merkle-proof';
import { Frontier } from '../../src/shared/domain/merkle-tree';
import type { FakeBallots } from '../ballot/fakes';

const GENESIS = Date.UTC(2026, 0, 1) / 1_000;
/** A round every 30 seconds from the beginning of 2026 on. */
export const CHAIN = new BeaconChain('c'.repeat(64), 'd'.repeat(192), GENESIS, 30);
export const OTHER_CHAIN = new BeaconChain('e'.repeat(64), 'f'.repeat(192), GENESIS, 3);

export class FakeDraws extends Draws {
  rows: ReadonlyMap<string, CommittedDraw> = new Map();

  async add(draws: readonly CommittedDraw[]): Promise<void> {
    for (const one of draws) this.store(one.draw, one.secret);
  }

  async get(drawIds: readonly string[]): Promise<readonly Draw[]> {
    return (await this.committed(drawIds)).map(({ draw }) => draw);
  }

  async find(drawIds: readonly string[]): Promise<ReadonlyMap<string, Draw>> {
    const found = drawIds.flatMap((drawId) => this.rows.get(drawId)?.draw ?? []);
    return new Map(found.map((draw) => [draw.id, draw]));
  }

  async committed(drawIds: readonly string[]): Promise<readonly CommittedDraw[]> {
    return drawIds.map((drawId) => {
      const one = this.rows.get(drawId);
      invariant(one, `draw ${drawId} exists`);
      return one;
    });
  }

  async storeSeals(draws: readonly Draw[]): Promise<void> {
    const known = await this.get(draws.map(({ id }) => id));
    invariant(
      known.every(({ seal }) => seal === null),
      'each draw is sealed once',
    );
    for (const draw of draws) this.store(draw);
  }

  async storeBeaconSignature(drawIds: readonly string[], signature: Buffer): Promise<void> {
    for (const { id, opening, seal, beaconSignature, result } of await this.get(drawIds)) {
      if (beaconSignature === null) this.store(new Draw(id, opening, seal, signature, result));
    }
  }

  async storeResults(draws: readonly Draw[]): Promise<void> {
    const known = await this.get(draws.map(({ id }) => id));
    invariant(
      known.every(({ result }) => result === null),
      'each draw is drawn once',
    );
    for (const draw of draws) this.store(draw);
  }

  private store(draw: Draw, secret = this.rows.get(draw.id)?.secret): void {
    invariant(secret, `draw ${draw.id} has a secret`);
    this.rows = new Map(this.rows).set(draw.id, { draw, secret });
  }
}

interface KeptJournal {
  readonly frontier: Frontier;
  readonly entries: readonly JournalEntry[];
  /** By level and index. */
  readonly hashes: ReadonlyMap<string, Buffer>;
  readonly checkpoints: ReadonlyMap<number, string>;
}

export class FakeJournal extends Journal {
  rows: KeptJournal = { frontier: Frontier.empty, entries: [], hashes: new Map(), checkpoints: new Map() };

  async lock(): Promise<Frontier> {
    return this.rows.frontier;
  }

  async append({ frontier, statements, hashes: leaves, completed, checkpoint }: JournalAppend): Promise<void> {
    const first = this.rows.entries.length;
    const added = statements.map((statement, i) => ({ index: first + i, statement }));
    const hashes = new Map(this.rows.hashes);
    for (const [i, hash] of leaves.entries()) hashes.set(`0 ${first + i}`, hash);
    for (const { level, index, hash } of completed) hashes.set(`${level} ${index}`, hash);
    const checkpoints = new Map(this.rows.checkpoints).set(frontier.size, checkpoint);
    this.rows = { frontier, entries: [...this.rows.entries, ...added], hashes, checkpoints };
  }

  async size(): Promise<number> {
    return this.rows.frontier.size;
  }

  async entries(from: number, limit: number): Promise<readonly JournalEntry[]> {
    let bytes = 0;
    return this.rows.entries.slice(from, from + limit).filter(({ statement }) => {
      const before = bytes;
      bytes += Buffer.byteLength(statement);
      return before < MAX_ENTRIES_BYTES;
    });
  }

  async hashes(spans: readonly Span[]): Promise<ReadonlyMap<Span, readonly Buffer[]>> {
    return new Map(spans.map((span) => [span, this.hashesOf(span)]));
  }

  async checkpointAt(size: number): Promise<string | null> {
    return this.rows.checkpoints.get(size) ?? null;
  }

  private hashesOf({ level, start, end }: Span): Buffer[] {
    return Array.from({ length: end - start }, (_, i) => {
      const hash = this.rows.hashes.get(`${level} ${start + i}`);
      invariant(hash, `the hash ${start + i} of level ${level} is stored`);
      return hash;
    });
  }
}

/** Gives the signatures that it was given, and remembers which rounds it was asked for. */
export class FakeBeacon extends Beacon {
  chain: BeaconChain | null = null;
  readonly asked: number[] = [];
  readonly signatures = new Map<number, Buffer>();

  async signatureOf(_chain: BeaconChain, round: number): Promise<Buffer | null> {
    this.asked.push(round);
    return this.signatures.get(round) ?? null;
  }
}

/** The times that the notes of the fakes have. */
export const OPENS_AT = new Date('2026-11-21T00:00:00.000Z');
export const SEALED_AT = new Date('2026-11-21T00:00:01.000Z');
export const DRAWN_AT = new Date('2026-11-21T00:00:02.000Z');
export const CLOSES_AT = new Date('2026-11-22T00:00:00.000Z');
export const SECRET = Buffer.alloc(32, 7);

/** An open draw of one winner that closes at midnight, without a beacon; each part of its opening can be chosen. */
export function aDraw(id: string, opening: Partial<Draw['opening']> = {}): Draw {
  const note = `lottery-draw/v2/open\nthe open note of ${id}\n\n— lottery.test key 1\n`;
  const usual = { name: 'daily', opensAt: OPENS_AT, closes: CLOSES_AT, winners: 1, beacon: null, note };
  return new Draw(id, { ...usual, ...opening }, null, null, null);
}

/** The draw after a seal; with a beacon, the round of the seal decides. */
export function sealed(draw: Draw, seal: Partial<NonNullable<Draw['seal']>> = {}): Draw {
  const note = `lottery-draw/v2/seal\nthe seal note of ${draw.id}\n\n— lottery.test key 1\n`;
  const round = draw.opening.beacon === null ? null : 1_000_000;
  return draw.sealedBy({ sealedAt: CLOSES_AT, trigger: 'schedule', exclusions: [], round, note, ...seal });
}

/** Remembers which draws were opened. */
export class FakeDrawOpening extends DrawOpening {
  rows: readonly DrawTerms[] = [];

  async open(terms: readonly DrawTerms[]): Promise<readonly Date[]> {
    this.rows = [...this.rows, ...terms];
    return terms.map(() => OPENS_AT);
  }
}

/** Remembers what sealed which draw. */
export class FakeDrawSealing extends DrawSealing {
  rows: ReadonlyMap<string, Trigger> = new Map();
  /** Draws in which no ballot can win. */
  readonly hopeless = new Set<string>();
  decidedAt: Date | null = null;

  async seal(drawIds: readonly string[], trigger: Trigger): Promise<readonly Sealed[]> {
    invariant(!drawIds.some((drawId) => this.rows.has(drawId)), 'each draw is sealed once');
    this.rows = new Map([...this.rows, ...drawIds.map((drawId) => [drawId, trigger] as const)]);
    return drawIds.map((drawId) => {
      return { sealedAt: SEALED_AT, winnable: !this.hopeless.has(drawId), decidedAt: this.decidedAt };
    });
  }
}

/** The last ballot of each draw wins, unless another one is named. */
export class FakeDrawing extends Drawing {
  rows: ReadonlyMap<string, readonly number[]> = new Map();
  /** Draws whose randomness is not there yet. */
  readonly waiting = new Set<string>();
  /** Draws that cannot be drawn, and why. */
  readonly faults = new Map<string, Error>();

  constructor(private readonly ballots: FakeBallots) {
    super();
  }

  async prepare(drawIds: readonly string[]): Promise<readonly string[]> {
    return drawIds.filter((drawId) => !this.waiting.has(drawId));
  }

  async draw(drawIds: readonly string[]): Promise<readonly Drawn[]> {
    const winners = drawIds.map((drawId) => {
      const fault = this.faults.get(drawId);
      if (fault) throw fault;
      invariant(!this.rows.has(drawId), 'each draw is drawn once');
      return [this.ballots.of(drawId).length - 1];
    });
    this.rows = new Map([...this.rows, ...drawIds.map((drawId, i) => [drawId, winners[i]!] as const)]);
    return winners.map((winnerIndexes) => ({ drawnAt: DRAWN_AT, winnerIndexes }));
  }
}

/** The bundles of draws that are sealed. */
export class FakeDrawBundles extends DrawBundles {
  readonly sealed = new Map<string, Bundle>();

  async bundle(drawId: string): Promise<Bundle | null> {
    return this.sealed.get(drawId) ?? null;
  }
}
