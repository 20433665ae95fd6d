import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import type Redis from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Config, hasRole } from '../config/config';
import { connectSharedCounts } from './shared-counts';

/** Requests may come in bursts: what counts is the sum of so long, from the first request on. */
const WINDOW_SECONDS = 10;
/** In production, where nothing is configured. An address may be a whole office; a player is one person. */
const DEFAULTS = { address: 500, user: 50, ballots: 100 } as const;

type Limited = keyof typeof DEFAULTS;

interface Limit {
  readonly name: Limited;
  /** Requests in one window. */
  readonly quota: number;
  readonly counter: RateLimiterMemory | RateLimiterRedis;
}

/** What a request is counted as. */
export interface Caller {
  readonly address: string;
  /** Null unless a valid token says who it is. */
  readonly userId: string | null;
  readonly isBallot: boolean;
}

export interface Verdict {
  /** Seconds after which the caller may go on; null: at once. */
  readonly waitSeconds: number | null;
  /** The fields RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-10). */
  readonly policy: string;
  readonly state: string;
}

/**
 * Nobody takes more than a share of the service: requests are counted for each address and each user, by all replicas
 * together where there is a Redis. Whoever is refused is counted as well, but waits no longer for it.
 */
@Injectable()
export class Throttle implements OnApplicationShutdown {
  private readonly redis: Redis | null = null;
  private readonly limits = new Map<Limited, Limit>();

  constructor(config: Config) {
    const perSecond = limitsOf(config);
    if (perSecond.length === 0) return;
    if (config.REDIS_URL !== undefined) this.redis = connectSharedCounts(config.REDIS_URL);
    for (const [name, rate] of perSecond) this.limits.set(name, this.limit(name, rate * WINDOW_SECONDS, config.ORIGIN));
  }

  /** Whether there is anything to count. */
  get isOn(): boolean {
    return this.limits.size > 0;
  }

  /** Counts a request. Without Redis it takes some microseconds, with it one question for all counts together. */
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

  async onApplicationShutdown(): Promise<void> {
    // That it goes now is no news.
    this.redis?.removeAllListeners('close').disconnect();
  }

  private countsOf({ address, userId, isBallot }: Caller): [Limit, string][] {
    const byAddress = this.limits.get('address');
    const byUser = this.limits.get(isBallot ? 'ballots' : 'user');
    const counts: [Limit, string][] = [];
    if (byAddress) counts.push([byAddress, address]);
    if (byUser && userId !== null) counts.push([byUser, userId]);
    return counts;
  }

  private limit(name: Limited, quota: number, origin: string): Limit {
    const options = { points: quota, duration: WINDOW_SECONDS, keyPrefix: `${origin}:${name}` };
    const alone = new RateLimiterMemory(options);
    if (this.redis === null) return { name, quota, counter: alone };
    const counter = new RateLimiterRedis({
      ...options,
      storeClient: this.redis,
      insuranceLimiter: alone,
      rejectIfRedisNotReady: true,
      // Who has to wait is refused without asking again: a flood of refusals does not reach Redis.
      inMemoryBlockOnConsumed: quota + 1,
    });
    return { name, quota, counter };
  }
}

interface Count {
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly refused: boolean;
}

async function consume(counter: Limit['counter'], key: string): Promise<Count> {
  try {
    return countOf(await counter.consume(key), false);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return countOf(refusal, true);
    throw refusal;
  }
}

function countOf({ remainingPoints, msBeforeNext }: RateLimiterRes, refused: boolean): Count {
  return { remaining: remainingPoints, resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)), refused };
}

/** Requests per second of those that are limited. */
function limitsOf(config: Config): readonly (readonly [Limited, number])[] {
  if (!hasRole(config, 'api')) return [];
  const byDefault = (name: Limited) => (config.NODE_ENV === 'production' ? DEFAULTS[name] : 0);
  const wanted: readonly (readonly [Limited, number])[] = [
    ['address', config.ADDRESS_REQUESTS_PER_SECOND ?? byDefault('address')],
    ['user', config.USER_REQUESTS_PER_SECOND ?? byDefault('user')],
    ['ballots', config.USER_BALLOTS_PER_SECOND ?? byDefault('ballots')],
  ];
  return wanted.filter(([, perSecond]) => perSecond > 0);
}
