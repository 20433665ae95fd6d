import type { Draw } from './domain/draw';

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
  /** Signs the draw note of a sealed draw, in the caller's unit of work and under its lock, like `DrawSealing`. */
  abstract draw(drawId: string): Promise<void>;
}

/** Looks draws up. */
export abstract class DrawRecords {
  /** Those of these draws that exist, by id. */
  abstract find(drawIds: readonly string[]): Promise<ReadonlyMap<string, Draw>>;
}
