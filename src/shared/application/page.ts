/** The largest page of any list. Bounds the memory and the time of one request. */
export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 50;

/** Where a page starts: after the item that the cursor names, or at the beginning. */
export interface PageRequest {
  readonly cursor: string | null;
  /** 1 to MAX_PAGE_SIZE. */
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** The `cursor` of the next page; null at the end. */
  readonly nextCursor: string | null;
}

/** Cuts `limit + 1` found items to a page: the extra one only shows that there are more. */
export function pageOf<T>(found: readonly T[], limit: number, cursorOf: (item: T) => string): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
