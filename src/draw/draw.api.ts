import type { Draw } from './domain/draw';

export type { AssuranceLevel } from './domain/assurance';
export { assuranceSentence } from './domain/assurance';
export type { Draw } from './domain/draw';

export interface DrawTerms {
  /** The id of the new draw, a UUIDv7. */
  readonly drawId: string;
  /** 1 to 100 printable ASCII characters. */
  readonly name: string;
  readonly closesAt: Date;
  /** How many different players win. */
  readonly winners: number;
}

/** Begins draws. */
export abstract class DrawOpening {
  /** Commits to a new secret, signs the open note and starts the ballot log; in the caller's unit of work. */
  abstract open(terms: DrawTerms): Promise<void>;
}

/** Ends the taking of ballots. */
export abstract class DrawSealing {
  /**
   * Seals the log and signs the seal note, in the caller's unit of work, which must hold a lock that makes this the only
   * call for the draw. `winnable` is false where no ballot can win: the draw is void and must not be drawn.
   */
  abstract seal(drawId: string, trigger: 'schedule' | 'manual'): Promise<{ readonly winnable: boolean }>;
}

/** Finds winners. */
export abstract class Drawing {
  /**
   * Whether the randomness of a sealed draw is there; where it is not, asks the beacon once. Not to be called within a
   * unit of work: it may wait for the network for seconds. Ask again until it is there.
   */
  abstract prepare(drawId: string): Promise<boolean>;

  /** Signs the draw note of a prepared draw, in the caller's unit of work and under its lock, like `DrawSealing`. */
  abstract draw(drawId: string): Promise<void>;
}

/** Everything that a stranger needs to check a draw without us (docs/draw-protocol.md section 10). */
export interface Bundle {
  readonly format: 'lottery-bundle/v1';
  readonly verifierKey: string;
  /** Signed notes; `draw` null where the draw is void or not drawn yet. */
  readonly open: string;
  readonly seal: string;
  readonly draw: string | null;
  /** The signed checkpoint of the tree with the sealed size. */
  readonly checkpoint: string;
  readonly exclusions: string;
  readonly beacon: BundledBeacon | null;
  readonly candidates: readonly { readonly j: number; readonly line: string; readonly proof: readonly string[] }[];
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
  /** Null for a draw that is not sealed yet; final once it is drawn or void. */
  abstract bundle(drawId: string): Promise<Bundle | null>;
}

/** Looks draws up. */
export abstract class DrawRecords {
  /** Those of these draws that exist, by id. */
  abstract find(drawIds: readonly string[]): Promise<ReadonlyMap<string, Draw>>;
}
