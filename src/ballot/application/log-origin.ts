import type { NoteSigner } from '../../shared/application/note-signer';

/** The first line of every checkpoint of this log (docs/draw-protocol.md section 3). */
export function logOrigin(signer: NoteSigner, drawId: string): string {
  return `${signer.origin}/draws/${drawId}`;
}
