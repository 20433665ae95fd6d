import type { paths } from './api-types';

/** Asks the API for a path with its query; a refusal is an answer, too. The server asks in its own process, a page over HTTP. */
export type Ask = (path: string) => Promise<Answer>;

export interface Answer {
  readonly status: number;
  /** What the JSON says. */
  readonly body: unknown;
  readonly retryAfter?: string | undefined;
}

type Json<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : never;
type Got<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: infer Response } } }
  ? Json<Response>
  : never;
/** The routes that GET answers with JSON. */
export type GetPath = { [Path in keyof paths]: [Got<Path>] extends [never] ? never : Path }[keyof paths];
/** What such a route answers with. */
export type Of<Path extends GetPath> = Got<Path>;

/** Values for the names in braces, and for the query; what is absent is left out. */
export interface Values {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
}

/** The API has refused. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retryAfter: string | undefined,
  ) {
    super(`The API has refused: ${status} ${code}`);
  }
}

/** Typed calls over whatever asks. */
export class Api {
  constructor(private readonly ask: Ask) {}

  /** @throws Refused */
  async get<Path extends GetPath>(path: Path, values: Values = {}): Promise<Of<Path>> {
    const { status, body, retryAfter } = await this.ask(addressOf(path, values));
    if (status === 200) return body as Of<Path>;
    throw new Refused(status, codeOf(body), retryAfter);
  }

  /** Null if there is no such thing. @throws Refused for any other reason. */
  async find<Path extends GetPath>(path: Path, values: Values = {}): Promise<Of<Path> | null> {
    try {
      return await this.get(path, values);
    } catch (error) {
      if (error instanceof Refused && (error.status === 404 || error.status === 400)) return null;
      throw error;
    }
  }
}

export function addressOf(path: string, { params = {}, query = {} }: Values): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return given.length === 0 ? filled : `${filled}?${given.join('&')}`;
}

function codeOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : 'none';
}
