import type { Draw } from './domain/draw';
import type { Trigger } from './domain/trigger';

export { assuranceSentence } from './domain/assurance';
export type { Draw } from './domain/draw';

export interface DrawTerms {
  /** The id of the new draw, a UUIDv7. */
  readonly drawId: string;
  /** 1 to 100 printable ASCII characters. */
  readonly name: string;
  /** An instant, or the number of ballots that makes the draw full. */
  readonly closes: Date | { readonly whenFull: number };
  /** How many different players win. */
  readonly winners: number;
}

/** Opens draws. A constant number of statements, however many draws. */
export abstract class DrawOpening {
  /**
   * Commits to new secrets, signs the open notes and starts the ballot logs; in the caller's unit of work. Returns the
   * times of the notes, in request order.
   */
  abstract open(terms: readonly DrawTerms[]): Promise<readonly Date[]>;
}

export interface Sealed {
  /** The time of the seal note. */
  readonly sealedAt: Date;
  /** False if no ballot can win: the draw is void and must not be drawn. */
  readonly winnable: boolean;
  /** When the deciding round of the beacon comes; null without a beacon: the draw can be drawn at once. */
  readonly decidedAt: Date | null;
}

/** Seals draws: no more ballots. A constant number of statements, however many draws. */
export abstract class DrawSealing {
  /**
   * Seals the logs and signs the seal notes, in the caller's unit of work, which must hold a lock that makes this the
   * only call for each draw. Returns in request order.
   */
  abstract seal(drawIds: readonly string[], trigger: Trigger): Promise<readonly Sealed[]>;
}

export interface Drawn {
  /** The time of the draw note. */
  readonly drawnAt: Date;
  /** Places of the winning ballots in the log, first prize first. */
  readonly winnerIndexes: readonly number[];
}

/** Finds winners. */
export abstract class Drawing {
  /**
   * Returns those of these sealed draws whose randomness is there, and finds their winners; asks the beacon for the
   * rest, once for each round. Do not call it within a unit of work: it may wait for the network, or read a log, for
   * seconds. Ask again until all are there.
   */
  abstract prepare(drawIds: readonly string[]): Promise<readonly string[]>;

  /**
   * Signs the draw notes of prepared draws, in the caller's unit of work and under its locks, like `DrawSealing`.
   * Returns in request order.
   */
  abstract draw(drawIds: readonly string[]): Promise<readonly Drawn[]>;
}

/** A ballot that the draw note names; `j` is the block that named it. */
export interface BundledCandidate {
  readonly j: number;
  readonly line: string;
  /** Its inclusion proof in the sealed tree: hashes in hex, bottom first. */
  readonly proof: readonly string[];
}

/** Everything that a stranger needs to check a draw without us (docs/draw-protocol.md section 10). */
export interface Bundle {
  readonly format: 'lottery-bundle/v1' | 'lottery-bundle/v2';
  readonly verifierKey: string;
  /** Signed notes; `draw` is null if the draw is void or not drawn yet. */
  readonly open: string;
  readonly seal: string;
  readonly draw: string | null;
  /** The signed checkpoint of the tree with the sealed size. */
  readonly checkpoint: string;
  readonly exclusions: string;
  readonly beacon: BundledBeacon | null;
  /** Candidates, then ranks, as in the draw note; in pieces: a draw of the first version may name every ballot. */
  readonly candidates: AsyncIterable<readonly BundledCandidate[]>;
}

/** A verified beacon; all bytes in hex. */
export interface BundledBeacon {
  readonly chainHash: string;
  readonly publicKey: string;
  /** Seconds since the epoch. */
  readonly genesis: number;
  /** Seconds. */
  readonly period: number;
  readonly scheme: string;
  readonly round: number;
  readonly signature: string;
}

/** Bundles draws for strangers. */
export abstract class DrawBundles {
  /** Null if the draw is not sealed yet; final once it is drawn or void. */
  abstract bundle(drawId: string): Promise<Bundle | null>;
}

/** Looks draws up. */
export abstract class DrawRecords {
  /** Those of these draws that exist, by id. */
  abstract find(drawIds: readonly string[]): Promise<ReadonlyMap<string, Draw>>;
}
