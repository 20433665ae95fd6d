/** Longer than any line or stack of ours; a longer text came from outside. */
const MAX_BYTES = 16 * 1024;
/** No secret is longer. */
const MAX_SECRET_LENGTH = 4 * 1024;
/** Of a UTF-16 unit in UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

const encoder = new TextEncoder();

/**
 * What the log holds of a text, with its secrets hidden: at most 16 KiB of it in UTF-8, in whole characters, and how
 * much there was. The rest is not searched for secrets either, which bounds the time, too.
 */
export function boundedText(text: string, hideSecrets: (text: string) => string): string {
  if (text.length * MAX_BYTES_PER_UNIT <= MAX_BYTES) return hideSecrets(text);
  const isLong = text.length > MAX_BYTES + MAX_SECRET_LENGTH;
  const searched = isLong ? text.slice(0, MAX_BYTES + MAX_SECRET_LENGTH) : text;
  const hidden = hideSecrets(searched);
  // The end may be the beginning of a secret that could not be recognised.
  const shown = isLong ? hidden.slice(0, Math.max(0, hidden.length - MAX_SECRET_LENGTH)) : hidden;
  const { read } = encoder.encodeInto(shown, new Uint8Array(MAX_BYTES));
  if (!isLong && read === shown.length) return shown;
  return `${shown.slice(0, read)}… (cut: ${Buffer.byteLength(text)} bytes)`;
}
