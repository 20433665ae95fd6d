/** The API's answer to a question of a page. */
export interface ApiAnswer {
  readonly status: number;
  /** What its JSON says. */
  readonly body: unknown;
  readonly retryAfter: string | undefined;
}

/** Asks our own public API for a path with its query, as any stranger would. */
export type AskApi = (path: string) => Promise<ApiAnswer>;

/** Names in the path, and the query. */
export interface PageRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** What pages show besides what they have asked for. */
export interface PageFacts {
  readonly language: string;
  /** The path without its language. */
  readonly path: string;
  /** Scheme, host and port at which strangers find us; null if nobody has said. */
  readonly publicUrl: string | null;
}

/** Where a page is, below its language. */
export interface PageRoute {
  readonly page: string;
  readonly path: string;
}

/** The pages that people see. They know the API and nothing else of the service. */
export abstract class Pages {
  /** The first is for whoever asks for none of them. */
  abstract readonly languages: readonly string[];
  abstract readonly routes: readonly PageRoute[];

  /** What a page shows. @throws PageRefused if the API refuses to answer, PageElsewhere */
  abstract load(page: string, request: PageRequest, ask: AskApi): Promise<unknown>;

  /** The HTML of a page with this data; the page `error` has a status. */
  abstract render(page: string, data: unknown, facts: PageFacts): string;

  /** Paths, without a language, that search engines may list. */
  abstract places(ask: AskApi): Promise<readonly string[]>;
}

/** The API has not given a page what it shows. */
export class PageRefused extends Error {
  constructor(
    readonly status: number,
    readonly retryAfter: string | undefined,
  ) {
    super(`The API has answered ${status}.`);
  }
}

/** Another page has what was asked for. */
export class PageElsewhere extends Error {
  /** @param path without the language. */
  constructor(readonly path: string) {
    super(`It is at ${path}.`);
  }
}
