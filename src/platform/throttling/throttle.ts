import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import type Redis from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { invariant } from '../../shared/domain/invariant';
import { hasRole, ServiceConfig } from '../config/service-config';
import { connectSharedCounts } from './shared-counts';
import { ThrottlingConfig } from './throttling-config';

/** Length of the counting window, from the first request on; bursts within it are allowed. */
export const WINDOW_SECONDS = 10;
/** Counts the requests of a user, unless their route names another limit. */
export const USER_LIMIT = 'user';
const ADDRESS_LIMIT = 'address';

/** How many requests a second one address, or one user, may send. */
export interface Rate {
  /** As configured; 0: any number. */
  readonly perSecond: number | undefined;
  /** Holds in production if nothing is configured. Elsewhere there is no limit then. */
  readonly inProduction: number;
}

interface Limit {
  readonly name: string;
  /** Requests in one window. */
  readonly quota: number;
  readonly counter: RateLimiterMemory | RateLimiterRedis;
}

/** What a request is counted as. */
export interface Caller {
  readonly address: string;
  /** Null unless a valid token says who it is. */
  readonly userId: string | null;
  /** The name of the limit that counts the requests of the user. */
  readonly userLimit: string;
}

export interface Verdict {
  /** Seconds after which the caller may go on; null: at once. */
  readonly waitSeconds: number | null;
  /** The fields RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-10). */
  readonly policy: string;
  readonly state: string;
}

/**
 * Limits the requests of each address and each user, counted by all replicas together if there is a Redis. Refused
 * requests count, too, but do not extend the wait.
 */
@Injectable()
export class Throttle implements OnApplicationShutdown {
  private redis: Redis | null = null;
  /** By name; null: there is no limit under this configuration. */
  private readonly limits = new Map<string, Limit | null>();

  constructor(
    private readonly config: ThrottlingConfig,
    private readonly service: ServiceConfig,
  ) {
    // An address may be a whole office; a user is one person.
    this.declare(ADDRESS_LIMIT, { perSecond: config.ADDRESS_REQUESTS_PER_SECOND, inProduction: 500 });
    this.declare(USER_LIMIT, { perSecond: config.USER_REQUESTS_PER_SECOND, inProduction: 50 });
  }

  /** Makes a limit known that routes can name. Modules call it in their constructors, before there are routes. */
  declare(name: string, { perSecond, inProduction }: Rate): void {
    invariant(!this.limits.has(name), `the limit ${name} is declared once`);
    const rate = perSecond ?? (this.service.NODE_ENV === 'production' ? inProduction : 0);
    const isLimited = rate > 0 && hasRole(this.service, 'api');
    this.limits.set(name, isLimited ? this.limit(name, rate * WINDOW_SECONDS) : null);
  }

  /** Whether a limit of this name has been declared. */
  knows(name: string): boolean {
    return this.limits.has(name);
  }

  /** What one window of the limit holds; Infinity: there is no limit. */
  quotaOf(name: string): number {
    return this.limits.get(name)?.quota ?? Infinity;
  }

  /** Whether there is anything to count. */
  get isOn(): boolean {
    return [...this.limits.values()].some((limit) => limit !== null);
  }

  /** Counts a request. Takes some microseconds without Redis, and one round trip for all counts with it. */
  async take(caller: Caller): Promise<Verdict> {
    const counted = this.countsOf(caller);
    const results = await Promise.all(counted.map(([{ counter }, key]) => consume(counter, key)));
    let wait = 0;
    let policy = '';
    let state = '';
    for (const [i, [{ name, quota }]] of counted.entries()) {
      const { remaining, resetSeconds, refused } = results[i] as Count;
      const comma = i === 0 ? '' : ', ';
      policy += `${comma}"${name}";q=${quota};w=${WINDOW_SECONDS}`;
      state += `${comma}"${name}";r=${remaining};t=${resetSeconds}`;
      if (refused) wait = Math.max(wait, resetSeconds);
    }
    return { waitSeconds: wait === 0 ? null : wait, policy, state };
  }

  /**
   * Counts these points for the user, all of them if the window has room, otherwise none. Null: there is no such limit.
   */
  async takeFurther({ limit, userId, points }: Further): Promise<FurtherVerdict | null> {
    const counter = this.limits.get(limit)?.counter;
    if (!counter) return null;
    const before = await counter.get(userId);
    if (before && before.remainingPoints < points) return furtherVerdict(countOf(before, true));
    const counted = await consume(counter, userId, points);
    // Another request was faster.
    if (counted.refused) return furtherVerdict(countOf(await counter.reward(userId, points), true));
    return furtherVerdict(counted);
  }

  async onApplicationShutdown(): Promise<void> {
    // We close it ourselves: do not log that.
    this.redis?.removeAllListeners('close').disconnect();
  }

  private countsOf({ address, userId, userLimit }: Caller): [Limit, string][] {
    const byAddress = this.limits.get(ADDRESS_LIMIT);
    const byUser = this.limits.get(userLimit);
    const counts: [Limit, string][] = [];
    if (byAddress) counts.push([byAddress, address]);
    if (byUser && userId !== null) counts.push([byUser, userId]);
    return counts;
  }

  private limit(name: string, quota: number): Limit {
    const { REDIS_URL } = this.config;
    const options = { points: quota, duration: WINDOW_SECONDS, keyPrefix: `${this.service.ORIGIN}:${name}` };
    const alone = new RateLimiterMemory(options);
    if (REDIS_URL === undefined) return { name, quota, counter: alone };
    this.redis ??= connectSharedCounts(REDIS_URL);
    const counter = new RateLimiterRedis({
      ...options,
      storeClient: this.redis,
      insuranceLimiter: alone,
      rejectIfRedisNotReady: true,
      // A caller who has to wait is refused locally: a flood of refusals does not reach Redis.
      inMemoryBlockOnConsumed: quota + 1,
    });
    return { name, quota, counter };
  }
}

/** What a request asks for beyond itself. */
export interface Further {
  /** The name of the limit. */
  readonly limit: string;
  readonly userId: string;
  readonly points: number;
}

export interface FurtherVerdict {
  /** Seconds after which the caller may ask again; null: it is granted. */
  readonly waitSeconds: number | null;
  readonly remaining: number;
}

function furtherVerdict({ remaining, resetSeconds, refused }: Count): FurtherVerdict {
  return { waitSeconds: refused ? resetSeconds : null, remaining };
}

interface Count {
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly refused: boolean;
}

async function consume(counter: Limit['counter'], key: string, points = 1): Promise<Count> {
  try {
    return countOf(await counter.consume(key, points), false);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return countOf(refusal, true);
    throw refusal;
  }
}

function countOf({ remainingPoints, msBeforeNext }: RateLimiterRes, refused: boolean): Count {
  return { remaining: remainingPoints, resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)), refused };
}
