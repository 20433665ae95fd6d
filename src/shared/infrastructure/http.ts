import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import helmet from 'helmet';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Config, hasRole } from './config';
import { httpProblem, NOT_SERVED_HERE } from './http-problems';
import { sendProblem } from './problem.filter';

/** No route takes more than a name, a password and a reason. */
const BODY_LIMIT_BYTES = 16 * 1024;
/** A client that has not sent its whole request by then is cut off (slow loris). */
const REQUEST_TIMEOUT_MS = 15_000;
/** Longer than the idle time of common load balancers (60 s), so that they, not we, end an idle connection. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

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
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply, httpProblem(error.statusCode ?? 400), request);
    },
    clientErrorHandler: (error, socket) => {
      refuseBrokenHttp(error, socket);
    },
  });
}

/** Headers, parsers and documents of the HTTP face. */
export function configureHttp(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  readBodies(fastify);
  const secure = helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } });
  fastify.addHook('onRequest', (request, reply, done) => {
    secure(request.raw, reply.raw, () => {
      done();
    });
  });
  if (!hasRole(app.get(Config), 'api')) refuseAllButHealth(fastify);
  // Without this, clients that keep their connection would keep a stopping service waiting.
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (leaving.has(fastify)) void reply.header('connection', 'close');
    done();
  });
  const document = new DocumentBuilder()
    .setTitle('Lottery')
    .setDescription(
      'A daily lottery whose draw anyone can check. Errors are RFC 9457 problems; GET /problems lists them.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Internal-Token' }, 'internal-token')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, document), {
    jsonDocumentUrl: 'openapi.json',
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

/** What is not HTTP gets its answer on the bare socket. */
function refuseBrokenHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const { code, title, detail } = httpProblem(status);
  const body = JSON.stringify({ type: `/problems/${code}`, title, status, detail, code });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
