import { numberBytes } from './beacon-chain.mjs';
import { bytesOfHex, concat, hexOf, utf8 } from './bytes.mjs';
import { hmac } from './hashes.mjs';
import { Refusal } from './refusal.mjs';

const BLOCK_VALUES = 1n << 256n;
const MAX_BLOCKS = 2 ** 32;

/** The blocks of a draw, B_j = HMAC-SHA256(key, u32(j)), each used at most once, in order (docs/draw-protocol.md section 6). */
export class Blocks {
  /** The block that comes next. */
  j = 0;
  #block;

  /**
   * The key: HMAC-SHA256(secret, "lottery-draw/v2" || 00 || H(open body) || H(seal body) || randomness), with the
   * version of the draw; randomness: H(signature).
   *
   * @param {import('./candidates.mjs').DrawFacts} facts @param {import('./hashes.mjs').Sha256} sha256
   */
  constructor({ open, openBody, sealBody, draw }, sha256) {
    const randomness = draw.signature === null ? new Uint8Array(32) : sha256(bytesOfHex(draw.signature));
    const title = utf8(`lottery-draw/v${open.version}\0`);
    const message = concat(title, sha256(utf8(openBody)), sha256(utf8(sealBody)), randomness);
    this.#block = hmac(sha256, hmac(sha256, bytesOfHex(draw.secret))(message));
  }

  /** The next block modulo n, without bias. @param {number} n @returns {number | null} null where it is skipped */
  next(n) {
    if (this.j === MAX_BLOCKS) throw new Refusal('the blocks have run out');
    const value = BigInt(`0x${hexOf(this.#block(numberBytes(this.j++, 4)))}`);
    const modulus = BigInt(n);
    return value < BLOCK_VALUES - (BLOCK_VALUES % modulus) ? Number(value % modulus) : null;
  }
}
