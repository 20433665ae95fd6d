import type { FastifyInstance } from 'fastify';
import { invariant } from '../../shared/domain/invariant';
import { httpProblem } from '../problems/http-problems';
import { sendProblem } from '../problems/problem.filter';
import { clientOf } from '../throttling/client-address';
import { Throttle, USER_LIMIT } from '../throttling/throttle';
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
