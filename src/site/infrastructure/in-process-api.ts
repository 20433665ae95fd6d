import type { FastifyInstance, FastifyRequest } from 'fastify';
import { asInner } from '../../platform/context/async-context';
import type { AskApi } from '../application/pages';

/**
 * Our public API, asked on behalf of a reader in this process: as the reader's address and under the id of the request
 * for the page, which alone is limited, measured and logged.
 */
export function apiFor(fastify: FastifyInstance, reader: FastifyRequest): AskApi {
  return async (url) => {
    const { statusCode, headers, body } = await asInner(async () =>
      fastify.inject({ url, remoteAddress: reader.ip, headers: { 'x-request-id': reader.id } }),
    );
    return { status: statusCode, body: jsonOf(body), retryAfter: headers['retry-after']?.toString() };
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
