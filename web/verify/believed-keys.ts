import { useEffect, useState } from 'preact/hooks';
import { keepKey, keptKeys, type KeyStanding, type KnownKey, standingOf } from './known-keys';
import { today } from './reader';

export interface BelievedKeys {
  /** What the field shows. */
  readonly value: string;
  /** Null until there is a key to say it of, and of one that the person typed into a page of the service. */
  readonly standing: KeyStanding | null;
  /** The key whose standing it is. */
  readonly seen: string;
  /** Whether the person typed another one than the service has. */
  readonly isOwn: boolean;
  /** The ones that a verification may believe. */
  readonly keys: readonly string[];
  type(value: string): void;
  /** Keeps the key that was seen, besides those from before. */
  accept(): void;
}

/** `<name>+<key id>+<base64 of 33 bytes>` (c2sp.org/signed-note): not what somebody is still typing. */
const WHOLE_KEY = /^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/;

/** @param served address of the service's key; undefined in the page that is one file, where people bring it along */
export function useBelievedKeys(served: string | undefined): BelievedKeys {
  const [kept, setKept] = useState<readonly KnownKey[]>([]);
  const [typed, setTyped] = useState<string | null>(null);
  const [fetched, setFetched] = useState('');
  const [standing, setStanding] = useState<KeyStanding | null>(null);

  useEffect(() => {
    const before = keptKeys(keyStorage());
    setKept(before);
    if (served === undefined) return;
    void textAt(served).then((key) => {
      if (key === null) return;
      setFetched(key);
      setStanding(standingOf(key, before));
      if (before.length === 0) setKept(keeping(key));
    });
  }, [served]);

  const [newest] = kept;
  const value = typed ?? newest?.key ?? fetched;
  const own = typed === null || typed.trim() === '' ? null : typed.trim();
  const seen = served === undefined ? value.trim() : fetched;
  // Whoever opens the file may have keys of many services: a change is that of one name.
  const ofName = kept.filter(({ key }) => nameIn(key) === nameIn(seen));
  return {
    value,
    standing: served !== undefined ? standing : WHOLE_KEY.test(seen) ? standingOf(seen, ofName) : null,
    seen,
    isOwn: served !== undefined && own !== null,
    keys: own !== null ? [own] : kept.map(({ key }) => key),
    type: setTyped,
    accept: () => {
      setKept(keeping(seen));
      setStanding({ kind: 'same', since: today() });
    },
  };
}

/** Keeps it where that is possible, and believes it for this visit in any case. */
function keeping(key: string): readonly KnownKey[] {
  const since = today();
  keepKey(keyStorage(), key, since);
  const stored = keptKeys(keyStorage());
  return stored.some((known) => known.key === key) ? stored : [{ key, since }, ...stored];
}

/** The browser's storage, or null where it is not to be had. */
function keyStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function nameIn(key: string): string {
  return key.slice(0, Math.max(key.indexOf('+'), 0));
}

async function textAt(address: string): Promise<string | null> {
  try {
    const response = await fetch(address);
    return response.ok ? (await response.text()).trim() : null;
  } catch {
    return null;
  }
}
