import { hash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isFresh } from '../../platform/http/caching';
import { stackOf } from '../../platform/errors/stack-of';
import { languageFor } from '../application/language';
import { PageFacts, PageRoute, Pages } from '../application/pages';
import { ShowPage, ShownPage } from '../application/show-page';
import { apiFor } from './in-process-api';
import { PAGE_HEADERS } from './page-headers';

const logger = new Logger('Site');

/** Pages below each language, a redirect to the reader's own, and a page for what is not there. */
export function routePages(fastify: FastifyInstance, pages: Pages, publicUrl: string | null): void {
  const show = new ShowPage(pages);
  fastify.get('/', (request, reply) => {
    const language = languageFor(request.headers['accept-language'], pages.languages);
    return reply.header('vary', 'accept-language').redirect(`/${language}/`);
  });
  for (const language of pages.languages) {
    const prefix = `/${language}`;
    const factsOf = ({ url }: FastifyRequest): PageFacts => ({
      language,
      path: (url.split('?')[0] as string).slice(prefix.length),
      publicUrl,
    });
    fastify.get(prefix, (_, reply) => reply.redirect(`${prefix}/`));
    for (const route of pages.routes) {
      fastify.get(prefix + route.path, async (request, reply) =>
        send(request, reply, await shown(show, route, request, factsOf(request))),
      );
    }
    fastify.get(`${prefix}/*`, async (request, reply) => {
      if (!/\btext\/html\b/.test(request.headers.accept ?? '')) return reply.callNotFound();
      return send(request, reply, show.failure(404, factsOf(request)));
    });
  }
}

async function shown(
  show: ShowPage,
  { page }: PageRoute,
  request: FastifyRequest,
  facts: PageFacts,
): Promise<ShownPage> {
  const { params, query } = request as { params: Record<string, string>; query: Record<string, unknown> };
  if (!hasSingleValues(query)) return show.failure(404, facts);
  try {
    return await show.execute({ page, request: { params, query }, facts }, apiFor(request.server, request));
  } catch (error) {
    logger.error(`The page ${page} could not be shown.`, stackOf(error));
    return show.failure(500, facts);
  }
}

function hasSingleValues(query: Record<string, unknown>): query is Record<string, string> {
  return Object.values(query).every((value) => typeof value === 'string');
}

/** A page may be kept, but is asked for again each time; what says that something is wrong is kept by nobody. */
function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, html, retryAfter, location }: ShownPage,
): FastifyReply {
  if (location !== undefined) return reply.redirect(location, status);
  void reply.headers(PAGE_HEADERS).status(status);
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
  if (status === 200 && isFresh(request, reply, { tag: hash('sha256', html, 'hex'), final: false })) return reply;
  return reply.send(html);
}
