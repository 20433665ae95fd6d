import { routeConfig } from './route-config';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The limit that a user's requests to this route count for; absent: `user`. */
    throttledAs?: string;
  }
}

/** A user's requests to the route count for the limit of this name, not for `user`. The route's owner declares it. */
export const ThrottledAs = (limit: string) => routeConfig({ throttledAs: limit });
