const encoder = new TextEncoder();

/** @param {string} text @returns {Uint8Array} its UTF-8 bytes */
export function utf8(text) {
  return encoder.encode(text);
}

/**
 * Strict: no replacement characters, and a byte order mark stays in the text (where JSON refuses it).
 *
 * @param {Uint8Array} bytes
 * @returns {string | null} null where the bytes are not UTF-8
 */
export function textOfUtf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** @param {Uint8Array} bytes @returns {string} lower-case hex */
export function hexOf(bytes) {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** @param {string} hex pairs of hex digits: the caller has checked them @returns {Uint8Array} */
export function bytesOfHex(hex) {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/**
 * Canonical base64 alone (RFC 4648 section 4): padded, no white space, unused bits zero.
 *
 * @param {string} text
 * @returns {Uint8Array | null} null for every other encoding of the same bytes
 */
export function bytesOfBase64(text) {
  try {
    const binary = atob(text);
    return btoa(binary) === text ? Uint8Array.from(binary, (char) => char.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

/** @param {...Uint8Array} parts @returns {Uint8Array} */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} a @param {Uint8Array} b @returns {boolean} */
export function sameBytes(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
