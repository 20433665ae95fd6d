import type { Type } from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants';
import { Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod, RouteOptions } from 'fastify';
import { AccessGuard, accessOf } from './access';
import { routeConfig } from './route-config';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Where the answer of a direct route comes from. */
    direct?: DirectMethod;
  }
}

interface DirectMethod {
  readonly controller: Type;
  readonly method: string;
}

type Answer = (this: unknown, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/**
 * Takes a route past the framework's pipeline, not past the gate: the pipeline's promises are a tenth of the time of a
 * request that does little else (docs/decisions/0025). The method gets Fastify's request and reply, and what it returns
 * is sent. The route's access, limit, @HttpCode and documents hold, and so do the filters for all routes; guards,
 * interceptors, pipes, filters and @Header of its own do not, nor do interceptors for all routes.
 */
export const Direct =
  () =>
  <Method extends (request: never, reply: FastifyReply) => Promise<unknown>>(
    controller: object,
    method: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    routeConfig({ direct: { controller: controller.constructor as Type, method } })(controller, method, descriptor);
  };

/** Makes the routes direct that say so. To be called before there are routes. */
export function openDirectRoutes(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', (route) => {
    if (route.config?.direct) route.handler = directHandler(app, route, route.config.direct);
  });
}

function directHandler(
  app: NestFastifyApplication,
  { url, method: verb }: RouteOptions,
  { controller, method }: DirectMethod,
): RouteHandlerMethod {
  const owner = app.get<Readonly<Record<string, Answer>>>(controller);
  const answer = owner[method] as Answer;
  const gate = app.get(AccessGuard);
  const access = accessOf(app.get(Reflector), [answer, controller]);
  const code = Reflect.getMetadata(HTTP_CODE_METADATA, answer) as number | undefined;
  const status = code ?? (verb === 'POST' ? 201 : 200);
  const params = [...url.matchAll(/:(\w+)/g)].map(([, name]) => name as string);
  return (request, reply) => {
    if (isAnyEmpty(request.params as Params, params)) return reply.callNotFound();
    const admission = gate.admit(request, access);
    if (admission) return admission.then(() => answer.call(owner, request, reply.status(status)));
    return answer.call(owner, request, reply.status(status));
  };
}

type Params = Readonly<Record<string, string>>;

/** An empty segment is another path, as on all other routes. */
function isAnyEmpty(given: Params, names: readonly string[]): boolean {
  for (const name of names) if (given[name] === '') return true;
  return false;
}
