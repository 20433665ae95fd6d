import { AsyncResource } from 'node:async_hooks';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { invariant } from '../../shared/domain/invariant';
import { httpProblem } from '../problems/http-problems';
import { TooManyRequests } from '../problems/too-many-requests';
import { sendProblem } from '../problems/problem.filter';
import { clientOf } from '../throttling/client-address';
import { Places } from '../throttling/places';
import { Further, Throttle, USER_LIMIT } from '../throttling/throttle';
import { isGone, whenGone } from '../throttling/when-gone';
import type { SignedInRequest } from './access';
import type { AccessTokens } from './access-tokens';
import type { Standing } from './standing';

/** Monitoring must see the service even during a flood. */
const NEVER_REFUSED = /^\/health\//;

/**
 * Counts each request before anything is done for it, whether or not its route exists: for its address, and for its
 * user if the token is valid. The gate then finds the user on the request. A route whose limit nobody has declared is
 * refused.
 */
export function throttleRequests(
  fastify: FastifyInstance,
  throttle: Throttle,
  tokens: AccessTokens,
  standing: Standing,
): void {
  fastify.addHook('onRoute', ({ url, config: { throttledAs } = {} }) => {
    invariant(throttledAs === undefined || throttle.knows(throttledAs), `${url} has a limit that is declared`);
  });
  if (!throttle.isOn) return;
  fastify.addHook('onRequest', async (request: SignedInRequest, reply) => {
    if (request.isInner) return;
    const route = request.routeOptions;
    if (NEVER_REFUSED.test(route.url ?? '')) return;
    const claimed = tokens.signedIn(request.headers.authorization);
    // Whoever has stolen a token must not use up its owner's requests once the session has ended.
    const user = claimed && !standing.hasEnded(claimed.sessionId) ? claimed : null;
    if (user) request.user = user;
    const { waitSeconds, policy, state } = await throttle.take({
      address: clientOf(request),
      userId: user?.id ?? null,
      userLimit: route.config.throttledAs ?? USER_LIMIT,
    });
    if (policy !== '') void reply.header('ratelimit-policy', policy).header('ratelimit', state);
    if (waitSeconds === null) return;
    sendProblem(reply, { ...httpProblem(429), retryAfterSeconds: waitSeconds }, request);
    return reply;
  });
}

/**
 * Lets so many requests of one address be under way, so that it cannot have all connections of the database, however
 * slow its requests are; further ones wait for their own. Routes with places of their own are left out.
 */
export function boundRequestsUnderWay(fastify: FastifyInstance, mostOfOneAddress: number): void {
  const places = new Places(mostOfOneAddress);
  fastify.addHook('onRequest', (request, reply, done) => {
    const { url, config } = request.routeOptions;
    // What a page asks in this process would wait for the place that the page itself has.
    if (request.isInner || config.direct || config.hasOwnPlaces || NEVER_REFUSED.test(url ?? '')) {
      done();
      return;
    }
    // There is nobody to answer, and nothing would say when a place is free again.
    if (isGone(request.raw, reply.raw)) return;
    // What the request says and logs stays its own, whichever request makes room for it.
    const leave = places.take(clientOf(request), AsyncResource.bind(done));
    if (leave) whenGone(request.raw, reply.raw, leave);
    else sendProblem(reply, { ...httpProblem(429), retryAfterSeconds: 1 }, request);
  });
}

/**
 * Counts what a request, itself counted already, turns out to ask for beyond one: all of it or nothing.
 *
 * @throws TooManyRequests if it must wait.
 */
export async function countFurther(throttle: Throttle, further: Further, reply: FastifyReply): Promise<void> {
  const verdict = await throttle.takeFurther(further);
  if (!verdict) return;
  const state = String(reply.getHeader('ratelimit')).split(', ');
  const own = `"${further.limit}";r=`;
  const counted = state.map((one) => (one.startsWith(own) ? one.replace(/r=\d+/, `r=${verdict.remaining}`) : one));
  void reply.header('ratelimit', counted.join(', '));
  if (verdict.waitSeconds !== null) throw new TooManyRequests(verdict.waitSeconds);
}
