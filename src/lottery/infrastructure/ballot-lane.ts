import { Injectable } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef, Reflector } from '@nestjs/core';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { accessOf } from '../../platform/http/access';
import { AccessGuard } from '../../platform/http/access.guard';
import { BALLOTS_ROUTE, LotteryBallotsController } from './lottery-ballots.controller';

/**
 * Lets ballots past the framework's pipeline, not past the gate: the pipeline's promises, all of which wait with the ballot for
 * the commit, cost a ballot a tenth of its time (docs/decisions/0025). The route stays one of the controller's, with what it
 * says of itself. Guards, pipes, interceptors and filters that are added to it do not meet ballots, nor do those for all routes, but for
 * the filters.
 */
@Injectable()
export class BallotLane {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly reflector: Reflector,
    private readonly module: ModuleRef,
  ) {}

  /** To be called before the routes are made. */
  open(): void {
    const controller = this.module.get(LotteryBallotsController);
    const gate = this.module.get(AccessGuard, { strict: false });
    // eslint-disable-next-line @typescript-eslint/unbound-method -- not called: asked what it says of itself
    const access = accessOf(this.reflector, [controller.submit, LotteryBallotsController]);
    this.host.httpAdapter.getInstance<FastifyInstance>().addHook('onRoute', (route: RouteOptions) => {
      if (route.method !== 'POST' || route.url !== `/${BALLOTS_ROUTE}`) return;
      route.handler = (request, reply) => {
        // As Nest's `requireNonEmptyParams`, which the replaced handler had around it: an empty segment is another path.
        if ((request.params as { date: string }).date === '') return reply.callNotFound();
        gate.admit(request, access);
        return controller.submit(reply.status(201));
      };
    });
  }
}
