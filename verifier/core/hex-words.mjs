/** The value of each byte as a hex digit; -1 where it is none. Capitals are none. */
const DIGITS = new Int8Array(256).fill(-1);
for (let value = 0; value < 16; value++) DIGITS[value.toString(16).charCodeAt(0)] = value;

/**
 * Eight lower-case hex digits as a number. It runs for every ballot, hence neither loop nor string.
 *
 * @param {Uint8Array} bytes
 * @param {number} at place of the first digit
 * @returns {number} 0 to 2^32 - 1, or -1 where one of the bytes is no such digit
 */
export function hexWord(bytes, at) {
  return joined(hexHalfWord(bytes, at), hexHalfWord(bytes, at + 4));
}

/** Four digits. @param {Uint8Array} bytes @param {number} at @returns {number} 0 to 65535, or -1 */
export function hexHalfWord(bytes, at) {
  const a = DIGITS[bytes[at]];
  const b = DIGITS[bytes[at + 1]];
  const c = DIGITS[bytes[at + 2]];
  const d = DIGITS[bytes[at + 3]];
  return (a | b | c | d) < 0 ? -1 : (a << 12) | (b << 8) | (c << 4) | d;
}

/** @param {number} high 0 to 65535, or -1 @param {number} low the same @returns {number} both in one, -1 where one is */
export function joined(high, low) {
  return (high | low) < 0 ? -1 : ((high << 16) | low) >>> 0;
}
