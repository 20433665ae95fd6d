import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import cors from '@fastify/cors';
import helmet from 'helmet';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Config, hasRole } from './config';
import { httpProblem, NOT_SERVED_HERE } from './http-problems';
import { createHttpServer } from './http-server';
import { openApiDocument } from './openapi';
import { sendProblem } from './problem.filter';

/** No route takes more than a name, a password and a reason. */
const BODY_LIMIT_BYTES = 16 * 1024;
/** Ours stay below 300 characters. */
const MAX_URL_LENGTH = 2_048;
/** So long a browser need not ask again whether it may. */
const PREFLIGHT_SECONDS = 600;

/** After the signal to stop: long enough to read requests that have arrived already, and to answer them. */
const DRAIN_MS = 300;
/** Whoever is not answered by then is cut off; orchestrators kill after 30 s. */
const CLOSE_LIMIT_MS = 25_000;

/** Services that are about to stop. */
const leaving = new WeakSet<FastifyInstance>();

/** Fastify with every refusal, also those before routing, as problem+json. */
export function createHttpAdapter(config: Config): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy: config.TRUST_PROXY_HOPS || false,
    bodyLimit: BODY_LIMIT_BYTES,
    serverFactory: createHttpServer,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply, httpProblem(error.statusCode ?? 400), request);
    },
  });
}

/** Headers, parsers and documents of the HTTP face. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const config = app.get(Config);
  readBodies(fastify);
  const secure = helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } });
  fastify.addHook('onRequest', (request, reply, done) => {
    secure(request.raw, reply.raw, () => {
      done();
    });
  });
  refuseStrangeRequests(fastify);
  if (!hasRole(config, 'api')) refuseAllButHealth(fastify);
  await letBrowsersIn(fastify, config);
  // Without this, clients that keep their connection would keep a stopping service waiting.
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (leaving.has(fastify)) void reply.header('connection', 'close');
    done();
  });
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'openapi.json' });
}

/** What Node and Fastify would let pass, or refuse without a word. */
function refuseStrangeRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { host } = request.raw.headers;
    if (request.url.length > MAX_URL_LENGTH) sendProblem(reply, httpProblem(414), request);
    // RFC 9112 section 3.2
    else if (host === undefined && request.raw.httpVersion === '1.1') sendProblem(reply, httpProblem(400), request);
    else done();
  });
}

/** Pages of these origins may call us (CORS) and read what our headers say. They send no cookies: we have none. */
async function letBrowsersIn(fastify: FastifyInstance, { CORS_ORIGINS: origins }: Config): Promise<void> {
  if (origins === undefined) return;
  await fastify.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-none-match'],
    exposedHeaders: ['etag', 'idempotent-replayed', 'ratelimit', 'ratelimit-policy', 'retry-after'],
    maxAge: PREFLIGHT_SECONDS,
  });
}

/** A process without the role api: whoever runs it asks how it is, and nobody else anything. */
function refuseAllButHealth(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (/^\/health\/[a-z]+$/.test(request.url)) done();
    else sendProblem(reply, NOT_SERVED_HERE, request);
  });
}

/** Answers everybody whose request has arrived, sends clients away from their connections, then stops. */
export async function closeGently(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  leaving.add(fastify);
  await sleep(DRAIN_MS);
  const limit = setTimeout(() => {
    fastify.server.closeAllConnections();
  }, CLOSE_LIMIT_MS);
  await app.close();
  clearTimeout(limit);
}

/** JSON only; an empty body is no body, whatever its content type says. */
function readBodies(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parseJson(request, body as string, done);
  });
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else done(Object.assign(new Error('unsupported media type'), { statusCode: 415 }));
  });
}
