import type { ServerResponse } from 'node:http';

/** How often readers are looked at, and how much a slow one has to take meanwhile: 8 KB a second. */
const EVERY_MS = 5_000;
const MIN_BYTES = 40_000;
/** In this many looks in a row. */
const STRIKES = 3;

/**
 * Cuts a reader off that takes too little of what is ready for it: it holds memory and a place. Returns what ends the
 * watch.
 */
export function cutSlowReader(
  response: ServerResponse,
  { everyMs, minBytes } = { everyMs: EVERY_MS, minBytes: MIN_BYTES },
): () => void {
  let taken = 0;
  let strikes = 0;
  const timer = setInterval(() => {
    const { socket } = response;
    if (!socket) return;
    const now = socket.bytesWritten - socket.writableLength;
    const isWaiting = socket.writableLength > 0;
    strikes = isWaiting && now - taken < minBytes ? strikes + 1 : 0;
    taken = now;
    if (strikes === STRIKES) socket.destroy();
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
