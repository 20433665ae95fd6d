/** A verifier key, and the day (UTC) on which this browser first saw it. */
export interface KnownKey {
  readonly key: string;
  readonly since: string;
}

export type KeyStanding =
  | { readonly kind: 'first' }
  | { readonly kind: 'same'; readonly since: string }
  /** The last that was kept is another: a new key, one from before again, or somebody who lies to this reader alone. */
  | { readonly kind: 'changed'; readonly kept: KnownKey };

/** Of the browser's own storage. */
export interface KeyStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

const STORED_AS = 'verifier-keys';
/** A service changes its key a few times in its life: more are somebody's play with the page. */
const MAX_KEPT = 50;

/** The keys that were kept from before, the one that was believed last first. Whatever else is stored there counts as nothing. */
export function keptKeys(storage: KeyStorage | null): readonly KnownKey[] {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(STORED_AS) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isKnownKey) : [];
  } catch {
    return [];
  }
}

/**
 * Keeps it from now on, before those from before; where nothing can be kept, every visit is the first.
 *
 * @returns what is believed in this visit
 */
export function keepKey(storage: KeyStorage | null, key: string, today: string): readonly KnownKey[] {
  const kept = keptKeys(storage);
  const since = kept.find((known) => known.key === key)?.since ?? today;
  const others = kept.filter((known) => known.key !== key);
  const believed = [{ key, since }, ...others].slice(0, MAX_KEPT);
  try {
    storage?.setItem(STORED_AS, JSON.stringify(believed));
  } catch {
    // A private window, or a full one.
  }
  return believed;
}

/** A service's key is compared with the last one of its name; under a name that was never seen, with the last of all. */
export function standingOf(key: string, kept: readonly KnownKey[]): KeyStanding {
  const last = kept.find((known) => nameIn(known.key) === nameIn(key)) ?? kept[0];
  if (!last) return { kind: 'first' };
  return last.key === key ? { kind: 'same', since: last.since } : { kind: 'changed', kept: last };
}

/** The part before its first plus sign (c2sp.org/signed-note). */
export function nameIn(key: string): string {
  return key.slice(0, Math.max(key.indexOf('+'), 0));
}

function isKnownKey(value: unknown): value is KnownKey {
  const { key, since } = (value ?? {}) as { key?: unknown; since?: unknown };
  return typeof key === 'string' && typeof since === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(since);
}
