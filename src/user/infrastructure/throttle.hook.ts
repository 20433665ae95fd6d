import { Injectable, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { SignedInRequest } from '../../platform/http/access';
import { clientAddress } from '../../platform/throttling/client-address';
import { httpProblem } from '../../platform/problems/http-problems';
import { sendProblem } from '../../platform/problems/problem.filter';
import { isBallotRoute } from '../../platform/throttling/throttled-as';
import { Throttle } from '../../platform/throttling/throttle';
import { JwtAccessTokens } from './jwt-access-tokens';

/** Whoever watches the service must see it also while somebody floods it. */
const NEVER_REFUSED = /^\/health\//;

/**
 * Counts each request before anything is done for it, whether or not there is such a route: for its address, and for its
 * user where the token is valid. The guard finds the user on the request then.
 */
@Injectable()
export class ThrottleHook implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly throttle: Throttle,
    private readonly tokens: JwtAccessTokens,
  ) {}

  onModuleInit(): void {
    if (!this.throttle.isOn) return;
    this.host.httpAdapter
      .getInstance<FastifyInstance>()
      .addHook('onRequest', async (request: SignedInRequest, reply) => {
        const route = request.routeOptions;
        if (NEVER_REFUSED.test(route.url ?? '')) return;
        const user = this.tokens.signedIn(request.headers.authorization);
        if (user) request.user = user;
        const { waitSeconds, policy, state } = await this.throttle.take({
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
}
