import { invariant } from '../../shared/domain/invariant';
import { AssuranceLevel, assuranceLevel } from './assurance';

/** What the seal added to a draw. */
export interface Seal {
  readonly sealedAt: Date;
  /** The signed seal note. */
  readonly note: string;
  /** Sorted pseudonyms of players who cannot win. */
  readonly exclusions: readonly string[];
}

/** What the drawing added to a draw. */
export interface Result {
  readonly drawnAt: Date;
  /** The signed draw note. */
  readonly note: string;
  /** Places of the winning ballots in the log, first prize first. */
  readonly winnerIndexes: readonly number[];
}

/** A draw as its signed statements tell it: opened once, sealed at most once, drawn at most once. Immutable. */
export class Draw {
  constructor(
    readonly id: string,
    readonly name: string,
    readonly opensAt: Date,
    readonly closesAt: Date,
    readonly winners: number,
    /** The signed open note. */
    readonly openNote: string,
    readonly seal: Seal | null,
    readonly result: Result | null,
  ) {}

  /** No draw uses a beacon yet. */
  get assurance(): AssuranceLevel {
    return assuranceLevel(null);
  }

  sealedBy(seal: Seal): Draw {
    invariant(this.seal === null, `draw ${this.id} is sealed once`);
    return this.with(seal, null);
  }

  drawnAs(result: Result): Draw {
    invariant(this.seal !== null && this.result === null, `draw ${this.id} is drawn once, after its seal`);
    return this.with(this.seal, result);
  }

  private with(seal: Seal, result: Result | null): Draw {
    return new Draw(this.id, this.name, this.opensAt, this.closesAt, this.winners, this.openNote, seal, result);
  }
}
