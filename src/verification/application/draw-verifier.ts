import type { ChainRow } from '../domain/rows';

/** A draw in one file, and the key that is to be believed (docs/draw-protocol.md section 10). */
export interface BundleToVerify {
  readonly json: string;
  readonly key: string;
  /** 64 hex digits of the beacon chain, null without a beacon. */
  readonly chainHash: string | null;
}

/** What the stand-alone verifier, which shares nothing with the service, says of a draw. */
export abstract class DrawVerifier {
  /** Every beacon chain that it believes. */
  abstract readonly chains: readonly ChainRow[];
  /** Null where everything holds. */
  abstract verify(bundle: BundleToVerify): Promise<{ readonly step: string; readonly reason: string } | null>;
}
