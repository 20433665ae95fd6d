import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { InternalOnly } from '../../../src/platform/http/access';
import { AccessGuard } from '../../../src/platform/http/access';
import { Standing } from '../../../src/platform/http/standing';
import { JwtAccessTokens } from '../../../src/user/infrastructure/jwt-access-tokens';
import { CLOSE_TOKEN, testConfig } from '../../support/test-app';

/** The lengths of what was compared in constant time. */
const mockCompared: number[][] = [];

jest.mock('node:crypto', () => {
  const actual = jest.requireActual<typeof import('node:crypto')>('node:crypto');
  const timingSafeEqual = (a: Buffer, b: Buffer): boolean => {
    mockCompared.push([a.length, b.length]);
    return actual.timingSafeEqual(a, b);
  };
  return Object.assign(Object.create(actual) as typeof actual, { timingSafeEqual });
});

class Operator {
  @InternalOnly()
  close(this: void): void {}
}

const GUESSES = [
  'x',
  'é',
  'x'.repeat(10_000),
  CLOSE_TOKEN,
  `${CLOSE_TOKEN}x`,
  ...Array.from({ length: CLOSE_TOKEN.length - 1 }, (_, i) => CLOSE_TOKEN.slice(0, i + 1)),
  ...Array.from({ length: CLOSE_TOKEN.length }, (_, i) => `${CLOSE_TOKEN.slice(0, i)}x${CLOSE_TOKEN.slice(i + 1)}`),
];

/** How often, and on what, a guess makes it compare. */
function comparisons(canActivate: (guess: string) => boolean, guess: string): number[][] {
  mockCompared.length = 0;
  try {
    expect(canActivate(guess)).toBe(guess === CLOSE_TOKEN);
  } catch (error) {
    expect((error as Error).name).toBe('InternalTokenWrong');
  }
  return [...mockCompared];
}

describe('the internal token', () => {
  const config = testConfig('postgres://unused');
  const standing: Standing = { of: (user) => user, hasEnded: () => false };
  const guard = new AccessGuard(new Reflector(), new JwtAccessTokens(config, config), standing, config);
  const ask = (guess: string): boolean =>
    true ===
    guard.canActivate({
      getHandler: () => Operator.prototype.close,
      getClass: () => Operator,
      switchToHttp: () => ({ getRequest: () => ({ headers: { 'x-internal-token': guess } }) }),
    } as unknown as ExecutionContext);

  it('is compared once, in constant time and as digests of one length, whatever is guessed', () => {
    for (const guess of GUESSES) expect([guess, comparisons(ask, guess)]).toEqual([guess, [[32, 32]]]);
  });

  it('is found to be compared in another way where it is: the test above does look', () => {
    expect(comparisons((guess) => guess === CLOSE_TOKEN, GUESSES[0]!)).toEqual([]);
  });

  it('is known to nobody in the source who could compare it otherwise', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const naming = sources.filter((file) => readFileSync(join('src', file), 'utf8').includes('INTERNAL_CLOSE_TOKEN'));
    expect(naming.sort()).toEqual([
      'main.ts',
      'platform/http/access.ts',
      'platform/http/http-config.ts',
      'programs/config.ts',
      'programs/secrets-file.ts',
      'user/infrastructure/user-config.ts',
    ]);
    const guardSource = readFileSync('src/platform/http/access.ts', 'utf8');
    expect(guardSource.match(/INTERNAL_CLOSE_TOKEN/g)).toHaveLength(3);
    expect(guardSource).toContain('this.internalTokenDigest = sha256(INTERNAL_CLOSE_TOKEN);');
  });
});
