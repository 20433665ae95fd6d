import type { FastifyInstance } from 'fastify';
import { createHttpAdapter } from '../../../src/platform/http/http';
import { throttleRequests } from '../../../src/platform/http/throttle.hook';
import { Throttle } from '../../../src/platform/throttling/throttle';
import { JwtAccessTokens } from '../../../src/user/infrastructure/jwt-access-tokens';
import { testConfig } from '../../support/test-app';

const LIMITS = { ADDRESS_REQUESTS_PER_SECOND: '9', USER_REQUESTS_PER_SECOND: '2' };

describe('a route that is throttled by a limit of its own', () => {
  let fastify: FastifyInstance;
  afterEach(() => fastify.close());

  function withBets(settings: Record<string, string>): (path: string) => Promise<unknown> {
    const config = testConfig('postgres://unused', settings);
    const tokens = new JwtAccessTokens(config, config);
    const throttle = new Throttle(config, config);
    throttle.declare('bets', { perSecond: 7, inProduction: 100 });
    fastify = createHttpAdapter(config).getInstance();
    throttleRequests(fastify, throttle, tokens, { of: (user) => user, hasEnded: () => false });
    fastify.get('/bets', { config: { throttledAs: 'bets' } }, () => 'bet');
    fastify.get('/me', () => 'me');
    const authorization = `Bearer ${tokens.issue({ id: 'somebody', role: 'player', sessionId: 'a session' })}`;
    return async (path) => {
      const { headers } = await fastify.inject({ url: path, headers: { authorization } });
      return headers['ratelimit']?.toString().replaceAll(/;t=([1-9]|10)\b/g, '');
    };
  }

  it('counts for that limit, and the other routes for that of users', async () => {
    const get = withBets(LIMITS);
    expect(await get('/bets')).toBe('"address";r=89, "bets";r=69');
    expect(await get('/me')).toBe('"address";r=88, "user";r=19');
    expect(await get('/bets')).toBe('"address";r=87, "bets";r=68');
  });

  it('is throttled though nothing else is', async () => {
    const get = withBets({});
    expect(await get('/bets')).toBe('"bets";r=69');
    expect(await get('/me')).toBeUndefined();
  });

  it.each([
    ['with limits', LIMITS],
    ['without limits', {}],
  ])('is refused if nobody has declared it: %s', (_, limits) => {
    withBets(limits);
    expect(() => fastify.get('/tips', { config: { throttledAs: 'tips' } }, () => 'tip')).toThrow(
      'broken invariant: /tips has a limit that is declared',
    );
  });

  it('is declared once', () => {
    withBets(LIMITS);
    const config = testConfig('postgres://unused');
    const throttle = new Throttle(config, config);
    expect(() => throttle.declare('user', { perSecond: 1, inProduction: 1 })).toThrow('declared once');
  });
});
