import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AskApi, PageElsewhere, PageFacts, PageRefused, PageRequest, PageRoute, Pages } from '../application/pages';

/** Paths from this file, compiled in dist/src/ or in src/. */
const PLACES = ['../../../web', '../../../dist/web'];

/** What `web/server.tsx` exports; it is documented there. */
interface BuiltServer {
  readonly languages: readonly string[];
  readonly routes: readonly PageRoute[];
  load(page: string, request: PageRequest, ask: AskApi): Promise<unknown>;
  render(page: string, data: unknown, facts: PageFacts & { readonly assets: object }): string;
  places(ask: AskApi): Promise<readonly string[]>;
}

/** The pages of `web/` as they were built: an ECMAScript module that shares no code with the service. */
export class BuiltPages extends Pages {
  readonly languages;
  readonly routes;

  private constructor(
    private readonly server: BuiltServer,
    private readonly assets: object,
    /** What browsers load. */
    readonly clientFolder: string,
    /** The verifier as one page that loads nothing. */
    readonly verifierFile: string,
  ) {
    super();
    this.languages = server.languages;
    this.routes = server.routes;
  }

  /** @throws Error if there is no build. */
  static async read(): Promise<BuiltPages> {
    const folder = PLACES.map((place) => join(__dirname, place)).find((one) => existsSync(serverIn(one)));
    if (folder === undefined) throw new Error('The pages are not built: run npm run build, or set SITE=off.');
    const client = join(folder, 'client');
    const assets = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8')) as object;
    return new BuiltPages(
      (await import(serverIn(folder))) as BuiltServer,
      assets,
      client,
      join(folder, 'server/verifier.html'),
    );
  }

  async load(page: string, request: PageRequest, ask: AskApi): Promise<unknown> {
    return refused(this.server.load(page, request, ask));
  }

  render(page: string, data: unknown, facts: PageFacts): string {
    return this.server.render(page, data, { ...facts, assets: this.assets });
  }

  async places(ask: AskApi): Promise<readonly string[]> {
    return refused(this.server.places(ask));
  }
}

function serverIn(folder: string): string {
  return join(folder, 'server/pages.mjs');
}

/** What the module gives, with its refusals as ours. */
async function refused<Given>(given: Promise<Given>): Promise<Given> {
  try {
    return await given;
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

/** The module has classes of its own for both. */
function refusalOf(error: unknown): PageRefused | PageElsewhere | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  if ('path' in error && typeof error.path === 'string') return new PageElsewhere(error.path);
  const retryAfter = 'retryAfter' in error && typeof error.retryAfter === 'string' ? error.retryAfter : undefined;
  return new PageRefused(error.status, retryAfter);
}
