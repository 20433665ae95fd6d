import { hash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventCatalogue } from '../../shared/application/event-catalogue';
import { isFresh } from '../http/caching';
import { codesOf, PROBLEM_SCHEMA, ProblemResponse, problemResponse, takeSharedProblem } from '../problems/api-problem';
import { toOpenApi31 } from './openapi-31';
import { forTools } from './openapi-tools';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const BODIES_OF = 'Body';

const BASE = new DocumentBuilder()
  .setTitle('Lottery')
  .setDescription(
    'A daily lottery whose draw anyone can check. Errors are RFC 9457 problems; GET /problems lists them. ' +
      'HEAD answers as GET does, without the body.',
  )
  .setVersion('1')
  .setLicense('MIT', 'https://spdx.org/licenses/MIT.html')
  .addServer('/')
  .addBearerAuth()
  .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Internal-Token' }, 'internal-token')
  .build();

/** Descriptions of groups of routes by name, in the order of the document. */
export type Tags = Readonly<Record<string, string>>;

/** Adds what the service sends by itself. */
export type Describe = (document: OpenAPIObject, events: EventCatalogue) => OpenAPIObject;

/** Serves the document at /openapi.json, and as pages at /docs. It is built at the first request. */
export function serveDocuments(app: INestApplication, tags: Tags, describe: Describe): void {
  let built: { readonly document: OpenAPIObject; readonly text: string; readonly tag: string } | undefined;
  const build = () => {
    const document = openApiDocument(app, tags, describe);
    const text = JSON.stringify(document);
    return { document, text, tag: hash('sha256', text, 'hex') };
  };
  // The links of the library's page are right at /docs and /docs/ only.
  const fastify = (app.getHttpAdapter() as FastifyAdapter).getInstance();
  fastify.addHook('onRoute', (route) => {
    if (route.url === '/docs/index.html') route.handler = (_, reply) => reply.redirect('/docs/');
  });
  // The library would also serve YAML, which takes it a quarter of a second for each request.
  SwaggerModule.setup('docs', app, () => (built ??= build()).document, { raw: false });
  app.getHttpAdapter().get('/openapi.json', (request: FastifyRequest, reply: FastifyReply) => {
    const { text, tag } = (built ??= build());
    if (isFresh(request, reply, { tag, final: false })) return;
    void reply.type('application/json; charset=utf-8').send(text);
  });
}

/** The document at /openapi.json: what the decorators say of each route, and what many routes share. */
export function openApiDocument(app: INestApplication, tags: Tags, describe: Describe): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, baseWith(tags), { operationIdFactory });
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods as Record<string, Operation>)) {
      complete(operation, {
        takesBody: method !== 'get',
        isThrottled: !path.startsWith('/health/'),
      });
    }
  }
  const schemas = (document.components ??= {}).schemas ?? {};
  document.components.schemas = { ...closeBodies(schemas), Problem: PROBLEM_SCHEMA };
  return forTools(describe(toOpenApi31(document), app.get(EventCatalogue)));
}

function baseWith(tags: Tags): Omit<OpenAPIObject, 'paths'> {
  return { ...BASE, tags: Object.entries(tags).map(([name, description]) => ({ name, description })) };
}

/** `LotteryBallotsController.submit` is `lotteryBallotsSubmit`: clients are generated with these names. */
function operationIdFactory(controller: string, method: string): string {
  const name = controller.replace(/Controller$/, '');
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

interface Shape {
  readonly takesBody: boolean;
  readonly isThrottled: boolean;
}

/** Adds the refusals of the guard, the pipes and Fastify on every route of this shape. */
function complete(operation: Operation, { takesBody, isThrottled }: Shape): void {
  const hasInput = operation.requestBody !== undefined || (operation.parameters ?? []).length > 0;
  const schemes = (operation.security ??= []).flatMap((scheme) => Object.keys(scheme));
  const add = (status: number, ...codes: readonly string[]) => {
    const known = codesOf(operation.responses[status] as ProblemResponse | undefined);
    operation.responses[status] = problemResponse(status, [...new Set([...known, ...codes])]) as object as never;
  };
  for (const [status, response] of Object.entries(operation.responses)) {
    if (response && 'description' in response) response.description ||= STATUS_CODES[status] ?? '';
  }
  if (hasInput) add(400, 'request.invalid');
  add(400, 'http.bad-request');
  if (schemes.includes('bearer')) add(401, 'auth.token-missing', 'auth.token-invalid');
  if (schemes.includes('internal-token')) {
    add(401, 'access.internal-token-missing');
    add(403, 'access.internal-token-wrong');
  }
  add(414, 'http.uri-too-long');
  if (isThrottled) add(429, 'http.too-many-requests');
  if (takesBody) {
    add(413, 'http.body-too-large');
    add(415, 'http.unsupported-media-type');
  }
  add(500, 'http.internal');
  add(503, 'http.unavailable');
  const shared = takeSharedProblem(operation);
  if (shared) for (const code of shared.codes) add(shared.status, code);
}

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** Bodies are whitelisted (validation.pipe.ts): a field that is not documented is refused. */
function closeBodies(schemas: Schemas): Schemas {
  const closed = Object.entries(schemas).map(([name, schema]) => [
    name,
    name.endsWith(BODIES_OF) ? { ...schema, additionalProperties: false } : schema,
  ]);
  return Object.fromEntries(closed) as Schemas;
}
