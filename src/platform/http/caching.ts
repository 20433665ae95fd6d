import { applyDecorators, Type } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Nobody keeps it: it changes, or is for one client. What every answer says unless it says otherwise. */
export const NO_STORE = 'no-store';
const FOR_EVER = 'public, max-age=31536000, immutable';
/** May be stored, but must be revalidated each time. */
const ASK_AGAIN = 'public, no-cache';

/** Fields about one client's request, which a shared cache would repeat to others. */
const PERSONAL_FIELDS = ['x-request-id', 'ratelimit', 'ratelimit-policy'];

export interface Version {
  /** Differs whenever the content does; letters and digits. */
  readonly tag: string;
  /** The content will never change. */
  readonly final: boolean;
}

/**
 * Sets how long the response may be cached (RFC 9111), and sends 304 if the client already has this version (RFC 9110
 * section 13.1.2). Returns true if the response was sent.
 */
export function isFresh(request: FastifyRequest, reply: FastifyReply, { tag, final }: Version): boolean {
  const etag = `"${tag}"`;
  void reply.header('etag', etag).header('cache-control', final ? FOR_EVER : ASK_AGAIN);
  const known = request.headers['if-none-match']?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
  if (!known.includes(etag) && !known.includes('*')) return false;
  void reply.code(304).send();
  return true;
}

/**
 * The last word on caching, for every answer: those that caches may keep carry nothing about one client, and those of
 * libraries (files of pages) have to be revalidated.
 */
export function settleCaching(reply: FastifyReply): void {
  const said = reply.getHeader('cache-control');
  if (said === NO_STORE) return;
  if (said !== FOR_EVER) void reply.header('cache-control', ASK_AGAIN);
  for (const name of PERSONAL_FIELDS) void reply.removeHeader(name);
}

const text = { type: 'string' } as const;
const headers = { ETag: { required: true, schema: text }, 'Cache-Control': { required: true, schema: text } };

/** Documents a response with the version headers of `isFresh`: of this view, or text. */
export const ApiVersioned = (type: string, view?: Type) =>
  applyDecorators(
    // eslint-disable-next-line no-restricted-syntax -- one at most.
    ...(view ? [ApiExtraModels(view)] : []),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'ETags that the client has',
      schema: text,
    }),
    ApiOkResponse({ headers, content: { [type]: { schema: view ? { $ref: getSchemaPath(view) } : text } } }),
    ApiResponse({ status: 304, description: 'The client has this version', headers }),
  );
