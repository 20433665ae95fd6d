import type { BeaconChain } from '../domain/beacon-chain';

/** Public randomness that nobody could know before its time. */
export abstract class Beacon {
  /** The chain that new draws are bound to, null where draws use no beacon. */
  abstract readonly chain: BeaconChain | null;

  /**
   * The verified signature (48 bytes) of the round, or null while nobody has given it: ask again later. Never throws
   * for what a relay did; never asks before the round's time. May take as long as all relays together take to fail.
   */
  abstract signatureOf(chain: BeaconChain, round: number): Promise<Buffer | null>;
}
