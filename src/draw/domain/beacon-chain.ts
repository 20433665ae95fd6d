import { invariant } from '../../shared/domain/invariant';
import { SealTooSlow } from './errors';
import type { Trigger } from './trigger';

/** The only scheme of drand that the service supports: signatures in G1, each round on its own. */
export const BEACON_SCHEME = 'bls-unchained-g1-rfc9380';

/** From the closing, or an unplanned seal, to its round: time to seal, and for strangers to fetch the seal note. */
const ROUND_LEAD_MS = 60_000;
/** A round closer to the seal than this counts as already known: drand's clocks and ours differ by less. */
export const MIN_SEAL_LEAD_MS = 10_000;

/** A seal not ready to commit this long before its round is given up: strangers must be able to fetch it. */
const MIN_COMMIT_LEAD_MS = 5_000;

const MS_PER_SECOND = 1_000;

export interface SealFacts {
  readonly trigger: Trigger;
  readonly sealedAt: Date;
  /** The round of the open note; null if the seal fixes the round. */
  readonly openRound: number | null;
}

/** A public source of randomness: one value every few seconds, which no one can know before its time. Immutable. */
export class BeaconChain {
  constructor(
    /** 64 hex digits. */
    readonly hash: string,
    /** A compressed point in G2, 192 hex digits. */
    readonly publicKey: string,
    /** When round 1 comes, in seconds since 1970. */
    readonly genesis: number,
    /** Seconds from one round to the next. */
    readonly period: number,
    readonly scheme: typeof BEACON_SCHEME = BEACON_SCHEME,
  ) {}

  /** When the round comes; rounds count from 1. */
  timeOf(round: number): Date {
    invariant(Number.isSafeInteger(round) && round >= 1, `round ${round} is a whole number from 1`);
    return new Date((this.genesis + (round - 1) * this.period) * MS_PER_SECOND);
  }

  /** Exact to the millisecond: a round of this very instant counts. */
  firstRoundAtOrAfter(instant: Date): number {
    const elapsedMs = instant.getTime() - this.genesis * MS_PER_SECOND;
    invariant(!Number.isNaN(elapsedMs), 'the instant is valid');
    if (elapsedMs <= 0) return 1;
    // By remainder, because a quotient this large would be rounded.
    const periodMs = this.period * MS_PER_SECOND;
    const restMs = elapsedMs % periodMs;
    return (elapsedMs - restMs) / periodMs + (restMs === 0 ? 1 : 2);
  }

  /** The round to which the open note binds a draw that closes at this instant (docs/draw-protocol.md section 4). */
  roundForClosing(closesAt: Date): number {
    return this.firstRoundAtOrAfter(later(closesAt, ROUND_LEAD_MS));
  }

  /**
   * Checks that the round is still far enough away after waiting for locks. If it is not, the seal must not be
   * committed, and the next attempt takes a later round. @throws SealTooSlow
   */
  assertAhead(round: number, now: Date): void {
    if (later(now, MIN_COMMIT_LEAD_MS) > this.timeOf(round)) throw new SealTooSlow();
  }

  /** The round of the seal note: never one that could be known when sealing (docs/draw-protocol.md section 5). */
  roundForSeal({ trigger, sealedAt, openRound }: SealFacts): number {
    const inTime = (round: number) => later(sealedAt, MIN_SEAL_LEAD_MS) <= this.timeOf(round);
    if (trigger === 'schedule' && openRound !== null && inTime(openRound)) return openRound;
    return this.firstRoundAtOrAfter(later(sealedAt, ROUND_LEAD_MS));
  }
}

/** A round of a beacon chain. */
export interface BeaconRound {
  readonly chain: BeaconChain;
  /** From 1. */
  readonly number: number;
}

/** The public chain of the League of Entropy with a round every 3 seconds. */
export const QUICKNET = new BeaconChain(
  '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451' +
    '0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  1_692_803_367,
  3,
);

function later(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}
