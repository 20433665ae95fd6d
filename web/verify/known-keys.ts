/** A verifier key, and the day (UTC) on which this browser first saw it. */
export interface KnownKey {
  readonly key: string;
  readonly since: string;
}

export type KeyStanding =
  | { readonly kind: 'first' }
  | { readonly kind: 'same'; readonly since: string }
  /** Others were kept, not this one: a new key, or somebody who lies to this reader alone. */
  | { readonly kind: 'changed'; readonly kept: KnownKey };

/** Of the browser's own storage. */
export interface KeyStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

const STORED_AS = 'verifier-keys';
/** A service changes its key a few times in its life: more are somebody's play with the page. */
const MAX_KEPT = 50;

/** The keys that were kept from before, the newest first. Whatever else is stored there counts as nothing. */
export function keptKeys(storage: KeyStorage | null): readonly KnownKey[] {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(STORED_AS) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isKnownKey) : [];
  } catch {
    return [];
  }
}

/** Keeps it from now on; where nothing can be kept, every visit is the first. */
export function keepKey(storage: KeyStorage | null, key: string, today: string): void {
  const kept = keptKeys(storage);
  if (kept.some((known) => known.key === key)) return;
  try {
    storage?.setItem(STORED_AS, JSON.stringify([{ key, since: today }, ...kept].slice(0, MAX_KEPT)));
  } catch {
    // A private window, or a full one.
  }
}

export function standingOf(key: string, kept: readonly KnownKey[]): KeyStanding {
  const [newest] = kept;
  if (!newest) return { kind: 'first' };
  const known = kept.find((one) => one.key === key);
  return known ? { kind: 'same', since: known.since } : { kind: 'changed', kept: newest };
}

function isKnownKey(value: unknown): value is KnownKey {
  const { key, since } = (value ?? {}) as { key?: unknown; since?: unknown };
  return typeof key === 'string' && typeof since === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(since);
}
