import { invariant } from '../../shared/domain/invariant';
import { AssuranceLevel, assuranceLevel } from './assurance';
import type { BeaconChain, BeaconRound } from './beacon-chain';
import type { Trigger } from './trigger';

/** What the opening fixed, before the first ballot. */
export interface Opening {
  readonly name: string;
  readonly opensAt: Date;
  /** An instant, or the number of ballots that makes the draw full. */
  readonly closes: Date | { readonly whenFull: number };
  /** How many different players win. */
  readonly winners: number;
  /** The beacon that decides; `round` is null if only the seal fixes it. Null: no beacon. */
  readonly beacon: { readonly chain: BeaconChain; readonly round: number | null } | null;
  /** The signed open note. */
  readonly note: string;
}

/** What the seal added to a draw. */
export interface Seal {
  readonly sealedAt: Date;
  readonly trigger: Trigger;
  /** Sorted pseudonyms of players who cannot win. */
  readonly exclusions: readonly string[];
  /** The round that decides, null without a beacon. */
  readonly round: number | null;
  /** The signed seal note. */
  readonly note: string;
}

/** What the drawing added to a draw. */
export interface Result {
  readonly drawnAt: Date;
  /** Places of the winning ballots in the log, first prize first. */
  readonly winnerIndexes: readonly number[];
  /** The signed draw note. */
  readonly note: string;
}

/** A draw as its signed statements describe it: opened once, sealed at most once, drawn at most once. Immutable. */
export class Draw {
  constructor(
    readonly id: string,
    readonly opening: Opening,
    readonly seal: Seal | null,
    /** The beacon's signature of the round of the seal, 48 bytes; null without a beacon, and until it is known. */
    readonly beaconSignature: Buffer | null,
    readonly result: Result | null,
  ) {}

  /** Null while it depends on how and when the draw will be sealed. */
  get assurance(): AssuranceLevel | null {
    const { beacon } = this.opening;
    if (beacon === null) return assuranceLevel(null);
    if (this.seal === null) return null;
    const openRoundAt = beacon.round === null ? null : beacon.chain.timeOf(beacon.round);
    return assuranceLevel({ ...this.seal, openRoundAt });
  }

  /** Whether winners were found by rank (docs/draw-protocol.md section 6): their places follow from the whole list. */
  get hasRanks(): boolean {
    return this.result?.note.includes('\nranked ') ?? false;
  }

  /** When the deciding round comes, or when the draw was sealed without a beacon. */
  get decidedAt(): Date {
    invariant(this.seal, `draw ${this.id} is sealed`);
    return this.round === null ? this.seal.sealedAt : this.round.chain.timeOf(this.round.number);
  }

  /** The round of the seal; null before the seal, and without a beacon. */
  get round(): BeaconRound | null {
    const chain = this.opening.beacon?.chain;
    return chain && this.seal?.round ? { chain, number: this.seal.round } : null;
  }

  sealedBy(seal: Seal): Draw {
    invariant(this.seal === null, `draw ${this.id} is sealed once`);
    invariant((seal.round === null) === (this.opening.beacon === null), `draw ${this.id} keeps its beacon`);
    return new Draw(this.id, this.opening, seal, null, null);
  }

  drawnAs(result: Result): Draw {
    invariant(this.seal !== null && this.result === null, `draw ${this.id} is drawn once, after its seal`);
    invariant((this.round === null) === (this.beaconSignature === null), `draw ${this.id} waits for its beacon`);
    return new Draw(this.id, this.opening, this.seal, this.beaconSignature, result);
  }
}
