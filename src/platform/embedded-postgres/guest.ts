import { isRunning } from './lock';

const LOOK_INTERVAL_MS = 500;
/** A server that was killed is started again within seconds; one that is gone for longer does not come back here. */
const PATIENCE = 20;

const GONE = 'The embedded PostgreSQL that another process owned has ended, and this one cannot go on without it.';

interface Watch {
  /** Resolves with the reason once the server does not come back. */
  readonly gone: Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Watches a server that another process owns. */
export function watchAsGuest(pgdata: string, port: number): Watch {
  let timer: NodeJS.Timeout | undefined;
  const gone = new Promise<string>((resolve) => {
    let missed = 0;
    const look = async (): Promise<void> => {
      missed = (await isRunning(pgdata, port).catch(() => false)) ? 0 : missed + 1;
      if (missed < PATIENCE) return;
      clearInterval(timer);
      resolve(GONE);
    };
    timer = setInterval(() => void look(), LOOK_INTERVAL_MS).unref();
  });
  return { gone, stop: async () => clearInterval(timer) };
}
