import type { Answer } from './api';

/** What a session needs of the browser. */
export interface Browser {
  send(path: string, sent: RequestInit): Promise<Response>;
  /** Runs the work while no other tab of ours runs such work. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Tells the other tabs the access token; null: logged out. */
  tell(token: string | null): void;
  hear(listener: (token: string | null) => void): void;
  /** Whether somebody is logged in here, as far as is known without asking: it saves strangers a refusal. */
  hint: { get(): boolean; set(isIn: boolean): void };
}

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  /** Makes a retry safe. */
  readonly idempotencyKey?: string;
}

/** How long a page waits for an answer. */
const LIMIT_MS = 20_000;

/**
 * The session of this browser. The access token is in this object and nowhere else: no script of another page, and none
 * that comes later, finds it in a storage. The refresh token is in a cookie that no script reads.
 */
export class Session {
  private token: string | null = null;

  /** @param changed called when another tab logs in, as whomever, or out, or when the session has ended. */
  constructor(
    private readonly browser: Browser,
    private readonly changed: (isIn: boolean) => void,
  ) {
    browser.hear((token) => {
      const was = personOf(this.token);
      this.token = token;
      if (was !== personOf(token)) changed(token !== null);
    });
  }

  /** Goes on with the session of an earlier page. A status of 401: there is none. */
  async resume(): Promise<Answer> {
    return this.browser.hint.get() ? this.refresh(null) : { status: 401, body: null };
  }

  async logIn(username: string, password: string): Promise<Answer> {
    return this.browser.alone(async () => {
      const answer = await this.post('login', { username, password });
      if (answer.status === 200) this.keep(tokenOf(answer));
      return answer;
    });
  }

  async logOut(): Promise<Answer> {
    return this.browser.alone(async () => {
      const answer = await this.post('logout');
      if (answer.status === 204) this.keep(null);
      return answer;
    });
  }

  /**
   * Asks as the person who is logged in. After a 401 once more with a new token; after a second one the session is over.
   * What one person has asked is never asked as another, who has logged in meanwhile.
   */
  async ask(path: string, question: Question = {}): Promise<Answer> {
    const used = this.token;
    const first = await this.send(path, question, used);
    if (first.status !== 401) return first;
    const refreshed = await this.refresh(used);
    if (refreshed.status === 200) {
      if (personOf(this.token) !== personOf(used)) return first;
      const second = await this.send(path, question, this.token);
      if (second.status !== 401) return second;
    } else if (refreshed.status !== 401) return refreshed;
    this.token = null;
    this.changed(false);
    return first;
  }

  /** Gets another token than the stale one: from another tab if it was faster. @returns 200 if there is one. */
  private refresh(stale: string | null): Promise<Answer> {
    return this.browser.alone(async () => {
      if (this.token !== stale && this.token !== null) return { status: 200, body: null };
      const answer = await this.post('refresh');
      if (answer.status === 200) {
        this.keep(tokenOf(answer));
        if (stale !== null && personOf(stale) !== personOf(this.token)) this.changed(true);
      } else if (answer.status === 401) this.browser.hint.set(false);
      return answer;
    });
  }

  private keep(token: string | null): void {
    this.token = token;
    this.browser.hint.set(token !== null);
    this.browser.tell(token);
  }

  private post(action: string, body?: object): Promise<Answer> {
    const sent: RequestInit = { method: 'POST', credentials: 'same-origin' };
    const headers = { 'content-type': 'application/json' };
    return this.answer(`/auth/web/${action}`, { ...sent, headers, ...(body && { body: JSON.stringify(body) }) });
  }

  private send(path: string, { method = 'GET', body, idempotencyKey }: Question, token: string | null) {
    const headers = {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    };
    return this.answer(path, {
      method,
      credentials: 'omit',
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Without an answer that was read to its end, the status is 0. */
  private async answer(path: string, sent: RequestInit): Promise<Answer> {
    try {
      const response = await this.browser.send(path, { ...sent, signal: AbortSignal.timeout(LIMIT_MS) });
      const body: unknown = response.status === 204 ? null : await response.json();
      return { status: response.status, body, retryAfter: response.headers.get('retry-after') ?? undefined };
    } catch {
      return { status: 0, body: null };
    }
  }
}

function tokenOf({ body }: Answer): string {
  return (body as { accessToken: string }).accessToken;
}

/** Whom an access token is of: `sub` of the JWT (RFC 7519 section 4.1.2). */
function personOf(token: string | null): string | null {
  if (token === null) return null;
  const [, payload = ''] = token.split('.');
  return (JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { sub: string }).sub;
}
