import { DrawRecords } from '../draw.api';
import type { Draw } from '../domain/draw';

/** Where draws are kept. */
export abstract class Draws extends DrawRecords {
  /** Stores a new draw with the secret that it is committed to. */
  abstract add(draw: Draw, secret: Buffer): Promise<void>;
  /** @throws Error if there is none. */
  abstract get(drawId: string): Promise<Draw>;
  /** The committed secret, 32 bytes. Only drawing reads it. */
  abstract secretOf(drawId: string): Promise<Buffer>;
  /** Stores the seal. @throws Error if another one is stored already. */
  abstract storeSeal(draw: Draw): Promise<void>;
  /** Stores what the beacon said in the round of the seal, unless it is stored already. */
  abstract storeBeaconSignature(drawId: string, signature: Buffer): Promise<void>;
  /** Stores the result. @throws Error if another one is stored already. */
  abstract storeResult(draw: Draw): Promise<void>;
}
