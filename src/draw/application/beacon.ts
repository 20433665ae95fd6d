import type { BeaconChain } from '../domain/beacon-chain';

/** Public randomness that no one can know before its time. */
export abstract class Beacon {
  /** The chain that new draws are bound to, null where draws use no beacon. */
  abstract readonly chain: BeaconChain | null;

  /**
   * Returns the verified signature (48 bytes) of the round, or null while no relay has it: ask again later. Never
   * throws for what a relay did, and never asks before the round's time. Takes at most as long as all relays take to
   * fail.
   */
  abstract signatureOf(chain: BeaconChain, round: number): Promise<Buffer | null>;
}
