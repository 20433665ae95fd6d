import type { IncomingHttpHeaders } from 'node:http';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '../../shared/domain/domain-error';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether only pages that the service itself serves may call the route. */
    ownPagesOnly?: boolean;
  }
}

/** Hosts whose http nobody can listen to. */
const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const JSON_TYPE = /^application\/json[ \t]*(?:;|$)/i;

/** Only pages that the service itself serves may call the route: it reads or sets a cookie. */
export const OwnPagesOnly = () => RouteConfig({ ownPagesOnly: true });

/** Refuses, before a body is read, what pages of others send to the routes that are only for ours. */
export function refuseOtherPages(fastify: FastifyInstance, publicUrl: string | undefined): void {
  fastify.addHook('onRequest', async ({ headers, routeOptions }) => {
    if (routeOptions.config.ownPagesOnly) assertOwnPage(headers, publicUrl);
  });
}

/**
 * Browsers of today say where a request comes from (Fetch Metadata, Sec-Fetch-Site); of others the origin is compared.
 *
 * @throws ForeignOrigin, InsecureOrigin
 */
function assertOwnPage(headers: IncomingHttpHeaders, publicUrl: string | undefined): void {
  const own = publicUrl ?? originOf(`http://${headers.host ?? ''}`);
  const { origin, 'sec-fetch-site': site } = headers;
  const isOwn = site === undefined ? origin !== undefined && origin === own : site === 'same-origin';
  if (!isOwn || !JSON_TYPE.test(headers['content-type'] ?? '')) throw new ForeignOrigin();
  if (publicUrl?.startsWith('https:')) return;
  // A proxy may ask by another host than the browser did.
  const addresses = origin === undefined ? [own] : [own, origin];
  if (!addresses.every(isLoopback)) throw new InsecureOrigin();
}

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}

function isLoopback(address: string | null): boolean {
  return address !== null && URL.canParse(address) && LOOPBACK_HOSTS.includes(new URL(address).hostname);
}

class ForeignOrigin extends DomainError {
  readonly code = 'auth.foreign-origin';
  readonly kind = 'forbidden';

  constructor() {
    super('This route is for the pages of this service: it takes application/json from its own origin only.');
  }
}

class InsecureOrigin extends DomainError {
  readonly code = 'auth.insecure-origin';
  readonly kind = 'forbidden';

  constructor() {
    super('Pages log in over https, or on this machine: the operator sets PUBLIC_URL to the address of the pages.');
  }
}
