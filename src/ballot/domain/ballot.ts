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

/** The places of so many ballots from this one on, in the order of the log. */
export function placesFrom({ drawId, index }: Ballot, count: number): { drawId: string; index: number }[] {
  return Array.from({ length: count }, (_, i) => ({ drawId, index: index + i }));
}

/** First 16 bytes, in hex, of HMAC-SHA256(salt, 16 bytes of the draw id) (docs/draw-protocol.md section 3). */
export function playerOf(salt: Buffer, drawId: string): string {
  const id = Buffer.from(drawId.replaceAll('-', ''), 'hex');
  return createHmac('sha256', salt)
    .update(id)
    .digest('hex')
    .slice(0, 2 * PLAYER_BYTES);
}
