import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { isFresh } from '../../platform/http/caching';

const POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/;

/**
 * The verifier as one file, to be saved and opened from a disk. Its policy stands in it, for there no header is sent;
 * the same one is sent here, since that of the other pages would not let its script run.
 */
export async function routeVerifier(fastify: FastifyInstance, file: string): Promise<void> {
  const html = await readFile(file, 'utf8');
  const policy = POLICY.exec(html)?.[1];
  if (policy === undefined) throw new Error(`${file} has no policy`);
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
  };
  const tag = hash('sha256', html, 'hex');
  fastify.get('/verifier.html', (request, reply) => {
    void reply.headers(headers);
    return isFresh(request, reply, { tag, final: false }) ? reply : reply.send(html);
  });
}
