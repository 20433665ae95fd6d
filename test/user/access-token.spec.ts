import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { JwtService, JwtSignOptions } from '@nestjs/jwt';
import { AccessTokenInvalid } from '../../src/platform/http/access-tokens';
import { JwtAccessTokens } from '../../src/user/infrastructure/jwt-access-tokens';
import { testConfig } from '../support/test-app';

const config = testConfig('postgres://unused');
const id = randomUUID();
const sessionId = randomUUID();

describe('an access token', () => {
  const tokens = new JwtAccessTokens(config, config);
  const player = { id, role: 'player', sessionId } as const;

  it('says who somebody is', () => {
    expect(tokens.verify(tokens.issue(player))).toEqual(player);
    expect(tokens.verify(tokens.issue({ ...player, role: 'admin' }))).toEqual({ ...player, role: 'admin' });
  });

  it('holds for ten minutes and says nothing but id, role and session', () => {
    const claims = new JwtService().decode<Record<string, unknown>>(tokens.issue(player));
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'role', 'sid', 'sub']);
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(600);
  });

  it('ends for those, too, who have shown it before', () => {
    const now = jest.spyOn(Date, 'now');
    const token = tokens.issue(player);
    const issuedAt = Date.now();
    for (const [secondsLater, good] of [
      [0, true],
      [598, true],
      [601, false],
      [601, false],
      [598, true],
    ] as const) {
      now.mockReturnValue(issuedAt + secondsLater * 1_000);
      if (good) expect(tokens.verify(token)).toEqual(player);
      else expect(() => tokens.verify(token)).toThrow(AccessTokenInvalid);
    }
    now.mockRestore();
  });

  it('is told from one that has been shown before by each of its characters', () => {
    const token = tokens.issue(player);
    expect(tokens.verify(token)).toEqual(player);
    for (let i = 0; i < token.length; i++) {
      const other = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
      expect(() => tokens.verify(other)).toThrow(AccessTokenInvalid);
    }
  });

  it('is good when it is forged with the right key and claims: the refusals below are for what they say', () => {
    expect(tokens.verify(forged({}))).toEqual({ id, role: 'admin', sessionId });
  });

  it.each<[string, JwtSignOptions]>([
    ['signed with another key', { secret: 'another key for tokens, forty characters' }],
    ['for another audience', { audience: 'casino' }],
    ['from another issuer', { issuer: 'casino.test' }],
    ['that has expired', { expiresIn: -1 }],
    ['that is not good yet', { notBefore: 60 }],
    ['signed with another algorithm', { algorithm: 'HS512' }],
  ])('is refused when it is one %s', (_, options) => {
    expect(() => tokens.verify(forged(options))).toThrow(AccessTokenInvalid);
  });

  it('is refused when it names no session, as those of earlier versions: nothing could end it', () => {
    const { secret, ...options } = {
      secret: config.JWT_SECRET,
      subject: id,
      issuer: config.ORIGIN,
      audience: 'lottery',
    };
    expect(() => tokens.verify(new JwtService({ secret }).sign({ role: 'admin' }, options))).toThrow(
      AccessTokenInvalid,
    );
  });

  it('is refused without a signature (alg none)', () => {
    const [, claims] = forged({}).split('.');
    const header = base64url({ alg: 'none', typ: 'JWT' });
    for (const signature of ['', 'AAAA']) {
      expect(() => tokens.verify(`${header}.${claims}.${signature}`)).toThrow(AccessTokenInvalid);
    }
  });

  it('is refused when it names a public-key algorithm', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const token = new JwtService({ privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) }).sign(
      { role: 'admin' },
      { algorithm: 'RS256', subject: id, issuer: config.ORIGIN, audience: 'lottery', expiresIn: 60 },
    );
    expect(() => tokens.verify(token)).toThrow(AccessTokenInvalid);
  });

  it('is refused when a claim was changed', () => {
    const [header, , signature] = tokens.issue(player).split('.');
    const claims = base64url({ role: 'admin', sub: id, iss: config.ORIGIN, aud: 'lottery', exp: 4_000_000_000 });
    expect(() => tokens.verify(`${header}.${claims}.${signature}`)).toThrow(AccessTokenInvalid);
  });

  it.each(['', 'x', 'a.b.c', '..', 'é'.repeat(1000)])('is refused when it is %j', (token) => {
    expect(() => tokens.verify(token)).toThrow(AccessTokenInvalid);
  });

  it('tells nothing of itself in the refusal', () => {
    const token = forged({ expiresIn: -1 });
    try {
      tokens.verify(token);
    } catch (error) {
      expect((error as Error).stack).not.toContain(token);
      expect((error as Error).cause).toBeUndefined();
    }
    expect.assertions(2);
  });

  function forged(options: JwtSignOptions): string {
    return new JwtService().sign(
      { role: 'admin', sid: sessionId },
      { secret: config.JWT_SECRET, subject: id, issuer: config.ORIGIN, audience: 'lottery', expiresIn: 60, ...options },
    );
  }
});

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
