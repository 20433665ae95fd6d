import { DrawRecords } from '../draw.api';
import type { Draw } from '../domain/draw';

/** A draw with the secret that it is committed to. */
export interface CommittedDraw {
  readonly draw: Draw;
  /** 32 bytes. */
  readonly secret: Buffer;
}

/** Where draws are kept. A constant number of statements each, however many draws. */
export abstract class Draws extends DrawRecords {
  abstract add(draws: readonly CommittedDraw[]): Promise<void>;
  /** In the order asked for. @throws Error if there is none of an id. */
  abstract get(drawIds: readonly string[]): Promise<readonly Draw[]>;
  /** With the committed secrets, in the order asked for. Only drawing reads them. @throws Error like `get`. */
  abstract committed(drawIds: readonly string[]): Promise<readonly CommittedDraw[]>;
  /** Stores the seals. @throws Error if another one is stored already. */
  abstract storeSeals(draws: readonly Draw[]): Promise<void>;
  /** Stores what the beacon said in the round of these draws' seals, where it is not stored already. */
  abstract storeBeaconSignature(drawIds: readonly string[], signature: Buffer): Promise<void>;
  /** Stores the results. @throws Error if another one is stored already. */
  abstract storeResults(draws: readonly Draw[]): Promise<void>;
}
