/**
 * The largest stake, in minor units: ten thousand of them, the largest pool, fit in a bigint column (2^63 - 1). It is a
 * million million of a currency with cents.
 */
export const MAX_STAKE_MINOR = 100_000_000_000_000n;
/** The whole, in basis points. */
export const WHOLE_BP = 10_000;

/** The winner's share of the pot, rounded down; the rest stays with the house. */
export function winSumOf(potMinor: bigint, payoutShareBp: number): bigint {
  return (potMinor * BigInt(payoutShareBp)) / BigInt(WHOLE_BP);
}
