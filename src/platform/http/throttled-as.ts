import { RouteConfig } from '@nestjs/platform-fastify';

const BALLOT = { throttledAs: 'ballot' } as const;

/** The route takes ballots, of which a user may send more than of other requests. */
export const ThrottledAsBallot = () => RouteConfig(BALLOT);

/** Whether a route, known by its Fastify configuration, takes ballots. */
export function isBallotRoute(config: object): boolean {
  return 'throttledAs' in config && config.throttledAs === BALLOT.throttledAs;
}
