import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefusal } from '../problems/http-problems';

/** JSON in UTF-8 only, as it is; an empty body is no body, whatever its headers say. */
export function readBodies(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    const refusal = refusalOf(request, bytes);
    if (refusal) done(refusal);
    else if (bytes.length === 0) done(null, undefined);
    else void parseJson(request, bytes.toString('utf8'), done);
  });
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else done(new HttpRefusal(415));
  });
}

function refusalOf({ headers }: FastifyRequest, bytes: Buffer): HttpRefusal | null {
  if (bytes.length === 0) return null;
  const coding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (coding !== 'identity') {
    const detail = 'Content-Encoding must be absent: bodies are read as they are';
    return new HttpRefusal(415, [{ header: 'Content-Encoding', detail }]);
  }
  if (isUtf8(bytes)) return null;
  return new HttpRefusal(400, [{ pointer: '', detail: 'the body must be UTF-8' }]);
}
