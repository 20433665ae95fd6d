import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { isFresh } from '../../platform/http/caching';
import { httpProblem } from '../../platform/problems/http-problems';
import { sendProblem } from '../../platform/problems/problem.filter';
import { PageRefused, type Pages } from '../application/pages';
import { robotsOf, sitemapOf } from '../application/sitemap';
import { apiFor } from './in-process-api';

/** Under names that browsers and others ask for, so they cannot change with their content. */
const NAMED_FILES = { 'favicon.svg': 'image/svg+xml', 'og.png': 'image/png' };

/** What browsers load: each file under a name that changes with its content, compressed beforehand. */
export async function routeAssets(fastify: FastifyInstance, clientFolder: string): Promise<void> {
  await fastify.register(fastifyStatic, {
    root: join(clientFolder, 'assets'),
    prefix: '/assets/',
    wildcard: false,
    decorateReply: false,
    preCompressed: true,
    globIgnore: ['**/*.br', '**/*.gz'],
    immutable: true,
    maxAge: '365d',
  });
  for (const [name, type] of Object.entries(NAMED_FILES)) {
    const content = await readFile(join(clientFolder, name));
    const tag = hash('sha256', content, 'hex');
    fastify.get(`/${name}`, (request, reply) =>
      isFresh(request, reply, { tag, final: false }) ? reply : reply.type(type).send(content),
    );
  }
}

/** For search engines: what they may read, and where it is if strangers can find us. */
export function routeDirectory(fastify: FastifyInstance, pages: Pages, publicUrl: string | null): void {
  fastify.get('/robots.txt', (_, reply) => reply.type('text/plain; charset=utf-8').send(robotsOf(publicUrl)));
  fastify.get('/sitemap.xml', async (request, reply) => {
    if (publicUrl === null) {
      sendProblem(reply, httpProblem(404), request);
      return reply;
    }
    try {
      const places = await pages.places(apiFor(fastify, request));
      return await reply.type('application/xml; charset=utf-8').send(sitemapOf(places, pages.languages, publicUrl));
    } catch (error) {
      if (!(error instanceof PageRefused)) throw error;
      if (error.retryAfter !== undefined) void reply.header('retry-after', error.retryAfter);
      sendProblem(reply, httpProblem(error.status), request);
      return reply;
    }
  });
}
