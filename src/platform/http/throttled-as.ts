import { routeConfig } from './route-config';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The limit that a user's requests to this route count for; absent: `user`. */
    throttledAs?: string;
    /** Whether requests to this route wait in places of their own, which have a bound. */
    hasOwnPlaces?: boolean;
  }
}

/** A user's requests to the route count for the limit of this name, not for `user`. The route's owner declares it. */
export const ThrottledAs = (limit: string) => routeConfig({ throttledAs: limit });

/** Requests to the route have a queue of their own, so they do not count as under way for their address. */
export const HasOwnPlaces = () => routeConfig({ hasOwnPlaces: true });
