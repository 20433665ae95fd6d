import { useEffect, useState } from 'preact/hooks';
import { keepKey, keptKeys, type KeyStanding, type KnownKey, nameIn, standingOf } from './known-keys';
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
  /** Whether the service has been asked for its key; nobody is in the page that is one file. */
  readonly answer: 'none-yet' | 'key' | 'failed';
  /** Whether this browser keeps the key that was seen. */
  readonly keeping: 'kept' | 'to-keep' | 'not-kept';
  type(value: string): void;
  /** Keeps the key that was seen, besides those from before. */
  accept(): void;
  /** Asks the service once more. */
  ask(): void;
}

/** `<name>+<key id>+<base64 of 33 bytes>` (c2sp.org/signed-note): not what somebody is still typing. */
const WHOLE_KEY = /^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/;

/** A key has 100 bytes: whoever waits longer waits for nothing. */
const ANSWER_MS = 10_000;

/** @param served address of the service's key; undefined in the page that is one file, where people bring it along */
export function useBelievedKeys(served: string | undefined): BelievedKeys {
  const [kept, setKept] = useState<readonly KnownKey[]>([]);
  const [typed, setTyped] = useState<string | null>(null);
  const [fetched, setFetched] = useState('');
  const [standing, setStanding] = useState<KeyStanding | null>(null);
  const [answer, setAnswer] = useState<BelievedKeys['answer']>('none-yet');

  const ask = () => {
    if (served === undefined) return;
    setAnswer('none-yet');
    void textAt(served).then((key) => {
      setAnswer(key === null ? 'failed' : 'key');
      if (key === null) return;
      const before = keptKeys(keyStorage());
      setFetched(key);
      setStanding(standingOf(key, before));
      if (before.length === 0) setKept(keepKey(keyStorage(), key, today()));
    });
  };
  useEffect(() => {
    setKept(keptKeys(keyStorage()));
    ask();
  }, [served]);

  const [newest] = kept;
  const value = typed ?? newest?.key ?? fetched;
  const own = typed === null || typed.trim() === '' ? null : typed.trim();
  const seen = served === undefined ? value.trim() : fetched;
  // Whoever opens the file may have keys of many services: a change is that of one name.
  const ofName = kept.filter(({ key }) => nameIn(key) === nameIn(seen));
  const ofSeen = served !== undefined ? standing : WHOLE_KEY.test(seen) ? standingOf(seen, ofName) : null;
  const isToKeep = served === undefined && ofSeen?.kind === 'first';
  return {
    value,
    standing: ofSeen,
    seen,
    isOwn: served !== undefined && own !== null,
    keys: own !== null ? [own] : kept.map(({ key }) => key),
    answer,
    keeping: isStored(seen) ? 'kept' : isToKeep ? 'to-keep' : 'not-kept',
    type: setTyped,
    accept: () => {
      const believed = keepKey(keyStorage(), seen, today());
      setKept(believed);
      setStanding(standingOf(seen, believed));
    },
    ask,
  };
}

function isStored(key: string): boolean {
  return keptKeys(keyStorage()).some((known) => known.key === key);
}

/** The browser's storage, or null where it is not to be had. */
function keyStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** Null without an answer in time, or with an empty one. */
async function textAt(address: string): Promise<string | null> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(ANSWER_MS) });
    return response.ok ? (await response.text()).trim() || null : null;
  } catch {
    return null;
  }
}
