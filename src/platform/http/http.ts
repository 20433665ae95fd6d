import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from '@fastify/cors';
import helmet from 'helmet';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasRole, ServiceConfig } from '../config/service-config';
import { httpProblem, NOT_SERVED_HERE } from '../problems/http-problems';
import { AccessTokens } from './access-tokens';
import { NO_STORE, settleCaching } from './caching';
import { openDirectRoutes } from './direct';
import { HttpConfig } from './http-config';
import { Standing } from './standing';
import { refuseOtherPages } from '../browsers/own-pages';
import { boundConnectionsOfEachPeer } from '../throttling/peer-connections';
import { createHttpServer, MAX_CONNECTIONS, statusOfBroken } from './http-server';
import { sendProblem } from '../problems/problem.filter';
import { isInner, requestIdOf, withinRequest } from '../context/async-context';
import { readBodies } from './bodies';
import { RequestWatch } from './request-watch';
import { refuseStrangeRequests } from './strange-requests';
import { Throttle } from '../throttling/throttle';
import { throttleRequests } from './throttle.hook';

/** Maximum size of a body. No route takes more than a name, a password and a reason. */
const BODY_LIMIT_BYTES = 16 * 1024;
/** How long browsers may cache a preflight response. */
const PREFLIGHT_SECONDS = 600;

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it is part of another request of this process, which alone is limited, measured and logged. */
    isInner: boolean;
  }
}

/** Services that are stopping. */
const leaving = new WeakSet<FastifyInstance>();
const watches = new WeakMap<FastifyInstance, RequestWatch>();

/** Fastify with every refusal, also those before routing, as problem+json. */
export function createHttpAdapter({ TRUST_PROXY_HOPS }: HttpConfig): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy: TRUST_PROXY_HOPS || false,
    bodyLimit: BODY_LIMIT_BYTES,
    serverFactory: createHttpServer,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: ({ headers }: IncomingMessage) => requestIdOf(headers),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      refuseUnrouted(request, reply, error.statusCode ?? 400);
    },
  });
}

/** So many peers together may have all connections. */
const PEERS_TO_FILL_IT = 4;

/** Headers, parsers and refusals that hold for every route. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const { TRUST_PROXY_HOPS } = app.get(HttpConfig);
  if (TRUST_PROXY_HOPS === 0) boundConnectionsOfEachPeer(fastify.server, MAX_CONNECTIONS / PEERS_TO_FILL_IT);
  readBodies(fastify);
  watchRequests(fastify, app.get(RequestWatch));
  refuseStrangeRequests(fastify);
  if (!hasRole(app.get(ServiceConfig), 'api')) refuseAllButHealth(fastify);
  await allowOrigins(fastify, app.get(HttpConfig));
  throttleRequests(fastify, app.get(Throttle), app.get(AccessTokens), app.get(Standing));
  refuseOtherPages(fastify, app.get(HttpConfig).PUBLIC_URL);
  openDirectRoutes(app);
}

/** Lets pages of these origins call the service (CORS) and read its headers, without cookies. */
async function allowOrigins(fastify: FastifyInstance, { CORS_ORIGINS: origins }: HttpConfig): Promise<void> {
  if (origins === undefined) return;
  await fastify.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'if-none-match',
      'traceparent',
      'x-request-id',
    ],
    exposedHeaders: ['etag', 'idempotent-replayed', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'],
    maxAge: PREFLIGHT_SECONDS,
    // The library would refuse without a problem.
    strictPreflight: false,
  });
}

/** Puts each request's id into its log lines and its response, times the request, and logs it if it is notable. */
function watchRequests(fastify: FastifyInstance, watch: RequestWatch): void {
  watches.set(fastify, watch);
  fastify.decorateRequest('arrivedAtMs', 0);
  fastify.decorateRequest('isInner', false);
  fastify.decorateReply('problemCode', null);
  const always = { ...securityHeaders(), 'cache-control': NO_STORE };
  fastify.addHook('onRequest', (request, reply, done) => {
    request.isInner = isInner();
    watch.arrived(request);
    void reply.headers(always).header('x-request-id', request.id);
    withinRequest(request.id, done);
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    // Without this, clients that keep their connections would keep a stopping service waiting.
    if (leaving.has(fastify)) void reply.header('connection', 'close');
    settleCaching(reply);
    if (!request.isInner) watch.answered(request, reply);
    done();
  });
  fastify.server.on('clientError', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET') watch.refusedUnread(httpProblem(statusOfBroken(error)).code);
  });
}

/**
 * The headers of helmet, which are the same for every response, so they are computed once. Headers set on the raw
 * response would make Node write all headers on a slow path.
 */
function securityHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const secure = helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } });
  const answer = { setHeader: (name: string, value: string) => (headers[name] = value), removeHeader: () => undefined };
  secure({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined);
  return headers;
}

/** For a process without the role api: answers health checks only. */
function refuseAllButHealth(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (/^\/health\/[a-z]+(\?|$)/.test(request.url)) done();
    else sendProblem(reply, NOT_SERVED_HERE, request);
  });
}

/** From now on each response asks its client to close the connection. */
export function sendClientsAway(fastify: FastifyInstance): void {
  leaving.add(fastify);
}

/** For a request that reaches no hook, because its URL cannot be read. */
function refuseUnrouted(request: FastifyRequest, reply: FastifyReply, status: number): void {
  const watch = watches.get(request.server);
  watch?.arrived(request);
  sendProblem(reply.header('x-request-id', request.id), httpProblem(status), request);
  watch?.answered(request, reply);
}
