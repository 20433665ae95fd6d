import type { FastifyInstance } from 'fastify';
import { httpProblem } from '../problems/http-problems';
import { sendProblem } from '../problems/problem.filter';
import { clientAddress } from '../throttling/client-address';
import type { Throttle } from '../throttling/throttle';
import type { SignedInRequest } from './access';
import type { AccessTokens } from './access-tokens';
import { isBallotRoute } from './throttled-as';

/** Monitoring must see the service even during a flood. */
const NEVER_REFUSED = /^\/health\//;

/**
 * Counts each request before anything is done for it, whether or not its route exists: for its address, and for its user
 * if the token is valid. The gate then finds the user on the request.
 */
export function throttleRequests(fastify: FastifyInstance, throttle: Throttle, tokens: AccessTokens): void {
  if (!throttle.isOn) return;
  fastify.addHook('onRequest', async (request: SignedInRequest, reply) => {
    const route = request.routeOptions;
    if (NEVER_REFUSED.test(route.url ?? '')) return;
    const user = tokens.signedIn(request.headers.authorization);
    if (user) request.user = user;
    const { waitSeconds, policy, state } = await throttle.take({
      address: clientAddress(request.ip),
      userId: user?.id ?? null,
      isBallot: isBallotRoute(route.config),
    });
    if (policy !== '') void reply.header('ratelimit-policy', policy).header('ratelimit', state);
    if (waitSeconds === null) return;
    sendProblem(reply, { ...httpProblem(429), retryAfterSeconds: waitSeconds }, request);
    return reply;
  });
}
