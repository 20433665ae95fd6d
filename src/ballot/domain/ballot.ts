import { createHmac } from 'node:crypto';
import { formatInstant } from '../../shared/domain/instant';

const PLAYER_BYTES = 16;

/** One chance of one player in one draw, at its place in the draw's log. Immutable. */
export class Ballot {
  constructor(
    readonly drawId: string,
    /** Place in the log, from 0 without gaps. */
    readonly index: number,
    readonly id: string,
    readonly userId: string,
    /** The player's pseudonym in this draw: 32 hex digits. */
    readonly player: string,
    readonly submittedAt: Date,
  ) {}

  /** The leaf of the Merkle tree, without a line feed (docs/draw-protocol.md section 3). */
  get line(): string {
    return `${this.index} ${this.id} ${this.player} ${formatInstant(this.submittedAt)}`;
  }
}

/** The pseudonym that was last asked for with each salt: with the same buffer, for as long as somebody holds it. */
const remembered = new WeakMap<Buffer, { readonly drawId: string; readonly player: string }>();

/** First 16 bytes, in hex, of HMAC-SHA256(salt, 16 bytes of the draw id) (docs/draw-protocol.md section 3). */
export function playerOf(salt: Buffer, drawId: string): string {
  const known = remembered.get(salt);
  if (known?.drawId === drawId) return known.player;
  const id = Buffer.from(drawId.replaceAll('-', ''), 'hex');
  const player = createHmac('sha256', salt)
    .update(id)
    .digest('hex')
    .slice(0, 2 * PLAYER_BYTES);
  remembered.set(salt, { drawId, player });
  return player;
}
