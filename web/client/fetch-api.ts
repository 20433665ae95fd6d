import { Api } from './api';

/** How long a page waits for the API. */
const LIMIT_MS = 15_000;

/** The API as a page asks it: without cookies, as anybody. */
export const api = new Api(async (path) => {
  const response = await fetch(path, { credentials: 'omit', signal: AbortSignal.timeout(LIMIT_MS) });
  const body: unknown = await response.json().catch(() => null);
  return { status: response.status, body, retryAfter: response.headers.get('retry-after') ?? undefined };
});
