import { DrawRecords } from '../draw.api';
import type { Draw } from '../domain/draw';

/** A draw with the secret that it is committed to. */
export interface CommittedDraw {
  readonly draw: Draw;
  /** 32 bytes. */
  readonly secret: Buffer;
}

/** Stores draws. Each method runs a constant number of statements, however many draws. */
export abstract class Draws extends DrawRecords {
  abstract add(draws: readonly CommittedDraw[]): Promise<void>;
  /** In request order. @throws Error if an id does not exist. */
  abstract get(drawIds: readonly string[]): Promise<readonly Draw[]>;
  /** With the committed secrets, in request order. Only drawing reads them. @throws Error if an id does not exist. */
  abstract committed(drawIds: readonly string[]): Promise<readonly CommittedDraw[]>;
  /** Stores the seals. @throws Error if another one is stored already. */
  abstract storeSeals(draws: readonly Draw[]): Promise<void>;
  /** Stores the beacon's signatures of the rounds of these draws' seals, unless they are stored already. */
  abstract storeBeaconSignature(drawIds: readonly string[], signature: Buffer): Promise<void>;
  /** Stores the results. @throws Error if another one is stored already. */
  abstract storeResults(draws: readonly Draw[]): Promise<void>;
}
