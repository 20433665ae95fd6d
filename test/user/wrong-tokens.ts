import { generateKeyPairSync } from 'node:crypto';
import { JwtService, JwtSignOptions } from '@nestjs/jwt';
import type { CompleteConfig } from '../../src/programs/config';

/** Access tokens that say `admin` and must not be believed, by what is wrong with them. */
export function wrongTokens(config: CompleteConfig, id: string): ReadonlyMap<string, string> {
  const sign = (options: JwtSignOptions): string =>
    new JwtService().sign(
      { role: 'admin', sid: id },
      { secret: config.JWT_SECRET, subject: id, issuer: config.ORIGIN, audience: 'lottery', expiresIn: 60, ...options },
    );
  const [header, claims, signature] = sign({}).split('.') as [string, string, string];
  const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rsa = new JwtService({ privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) });
  return new Map([
    ['alg none', `${unsigned}.${claims}.`],
    ['alg none with a signature', `${unsigned}.${claims}.${signature}`],
    ['another key', sign({ secret: 'another key for tokens, forty characters' })],
    ['expired', sign({ expiresIn: -1 })],
    ['not good yet', sign({ notBefore: 60 })],
    ['another audience', sign({ audience: 'casino' })],
    ['another issuer', sign({ issuer: 'casino.test' })],
    ['HS512', sign({ algorithm: 'HS512' })],
    [
      'RS256',
      rsa.sign({ role: 'admin' }, { algorithm: 'RS256', subject: id, issuer: config.ORIGIN, audience: 'lottery' }),
    ],
    ['a changed claim', `${header}.${Buffer.from('{"role":"admin"}').toString('base64url')}.${signature}`],
    ['no token at all', 'x'],
  ]);
}
