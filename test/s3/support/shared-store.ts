import type { ObjectStore } from './object-store';

/** Set-up and tear-down run in the same process but as modules of their own: the global object joins them. */
export const shared: { store?: ObjectStore } = ((globalThis as Record<string, unknown>)['lotteryTestStore'] ??= {});
