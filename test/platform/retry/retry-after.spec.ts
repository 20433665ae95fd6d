import { retryAfterMs } from '../../../src/platform/retry/retry-after';

const NOW = new Date('2026-11-30T12:00:00Z');

describe('what a Retry-After asks for', () => {
  it.each([
    ['2', 2_000],
    [' 30 ', 30_000],
    ['Mon, 30 Nov 2026 12:00:05 GMT', 5_000],
    ['Mon, 30 Nov 2026 11:00:00 GMT', 0],
    ['3600', 60_000],
    ['9'.repeat(400), 60_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 60_000],
    ['-5', 0],
    ['soon', 0],
    ['', 0],
    [null, 0],
  ])('%j: %d ms', (field, waitMs) => {
    expect(retryAfterMs(field, NOW, 60_000)).toBe(waitMs);
  });
});
