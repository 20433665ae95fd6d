import { MIN_SEAL_LEAD_MS } from './beacon-chain';
import type { Trigger } from './trigger';

/** How much a stranger can know of a draw, computed from recorded facts alone (docs/draw-protocol.md section 8). */
export type AssuranceLevel = 'A' | 'B' | 'C';

export interface AssuranceFacts {
  readonly trigger: Trigger;
  readonly sealedAt: Date;
  /** When the round of the open note came; null if the seal note fixed the round. */
  readonly openRoundAt: Date | null;
}

const SENTENCES: Readonly<Record<AssuranceLevel, string>> = {
  A:
    'The ballots were sealed before the randomness existed, as everyone who fetched the seal note before that moment ' +
    'can confirm.',
  B:
    'A beacon was used, but its round was fixed only at sealing: the operator could not know the result, but could ' +
    'have discarded a seal that nobody had fetched and sealed again.',
  C:
    'No beacon was used: the arithmetic is checkable by anyone, but the operator could know the result beforehand ' +
    'and add ballots of its own.',
};

/** `facts` is null for a draw without a beacon. */
export function assuranceLevel(facts: AssuranceFacts | null): AssuranceLevel {
  if (facts === null) return 'C';
  const { trigger, sealedAt, openRoundAt } = facts;
  if (openRoundAt === null || trigger !== 'schedule') return 'B';
  return openRoundAt.getTime() - sealedAt.getTime() >= MIN_SEAL_LEAD_MS ? 'A' : 'B';
}

/** What the level means, in words for everyone. `hasRanks`: a winner was found by rank. */
export function assuranceSentence(level: AssuranceLevel, hasRanks: boolean): string {
  const sentence = SENTENCES[level];
  return hasRanks
    ? `${sentence.slice(0, -1)}; the winner's place can be checked with the list of ballots only.`
    : sentence;
}
