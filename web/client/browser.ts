import type { Browser } from './session';

const NAME = 'session';
/** Only whether somebody is logged in here: nothing that would open a door. */
const HINT = 'signed-in';

/** The browser that the page runs in. */
export function thisBrowser(): Browser {
  const channel = new BroadcastChannel(NAME);
  return {
    send: (path, sent) => fetch(path, sent),
    // Browsers have no locks where a page came over http from another machine: nobody can log in there either.
    alone: (work) => ('locks' in navigator ? navigator.locks.request(NAME, work) : work()),
    tell: (token) => {
      channel.postMessage(token);
    },
    hear: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<string | null>) => {
        listener(data);
      };
    },
    hint: { get: () => stored(), set: store },
  };
}

function stored(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return false;
  }
}

function store(isIn: boolean): void {
  try {
    if (isIn) localStorage.setItem(HINT, '1');
    else localStorage.removeItem(HINT);
  } catch {
    // Then the next page asks people to log in.
  }
}
