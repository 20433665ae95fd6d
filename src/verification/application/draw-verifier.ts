import type { ChainRow } from '../domain/rows';

/** A draw in one file, and the trusted key (docs/draw-protocol.md section 10). */
export interface BundleToVerify {
  readonly json: string;
  readonly key: string;
  /** 64 hex digits of the beacon chain, null without a beacon. */
  readonly chainHash: string | null;
}

/** The verdict of the stand-alone verifier, which shares nothing with the service. */
export abstract class DrawVerifier {
  /** Every beacon chain that it trusts. */
  abstract readonly chains: readonly ChainRow[];
  /** Null if everything holds. */
  abstract verify(bundle: BundleToVerify): Promise<{ readonly step: string; readonly reason: string } | null>;
}
