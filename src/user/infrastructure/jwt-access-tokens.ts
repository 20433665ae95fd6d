import { createSecretKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import { AccessTokenInvalid, AccessTokenMissing, AccessTokens, SignedInUser } from '../../platform/http/access-tokens';
import { invariant } from '../../shared/domain/invariant';
import type { Complete } from '../../platform/config/config';
import { ServiceConfig } from '../../platform/config/service-config';
import { UserConfig } from './user-config';

/** Lifetime of a token; see `Standing` for what ends sooner. */
export const ACCESS_TOKEN_SECONDS = 600;
const ALGORITHM = 'HS256';
const AUDIENCE = 'lottery';
/** Few spaces: a cached token keeps its whole header alive. */
const BEARER = /^Bearer {1,8}(\S+)$/i;
/** How many tokens are cached, less than a kilobyte each. */
const MAX_REMEMBERED = 10_000;

interface Claims {
  readonly sub: string;
  readonly role: SignedInUser['role'];
  /** The session. */
  readonly sid: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** Access tokens: JWTs (RFC 7519) that every replica can verify alone. */
@Injectable()
export class JwtAccessTokens extends AccessTokens {
  private readonly jwt: JwtService;
  /** Verified tokens: of a repeated token only the expiry is checked. */
  private readonly genuine = new LRUCache<string, Claims>({ max: MAX_REMEMBERED });

  constructor(@Inject(UserConfig) { JWT_SECRET }: Complete<UserConfig, 'JWT_SECRET'>, { ORIGIN }: ServiceConfig) {
    super();
    this.jwt = new JwtService({
      // A key object: the library would parse a string for every token, at sixty times the cost of the check.
      secret: createSecretKey(JWT_SECRET, 'utf8'),
      signOptions: { algorithm: ALGORITHM, issuer: ORIGIN, audience: AUDIENCE, expiresIn: ACCESS_TOKEN_SECONDS },
      verifyOptions: { algorithms: [ALGORITHM], issuer: ORIGIN, audience: AUDIENCE },
    });
  }

  issue({ id, role, sessionId }: SignedInUser): string {
    return this.jwt.sign({ role, sid: sessionId }, { subject: id });
  }

  signedIn(authorization: string | undefined): SignedInUser | null {
    if (authorization === undefined) return null;
    try {
      return this.read(authorization);
    } catch {
      return null;
    }
  }

  read(authorization = ''): SignedInUser {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw new AccessTokenMissing();
    return this.verify(token);
  }

  /** @throws AccessTokenInvalid */
  verify(token: string): SignedInUser {
    const { sub, role, sid } = this.remembered(token) ?? this.check(token);
    return { id: sub, role, sessionId: sid };
  }

  private remembered(token: string): Claims | undefined {
    const claims = this.genuine.get(token);
    return claims && Date.now() < claims.exp * 1_000 ? claims : undefined;
  }

  private check(token: string): Claims {
    try {
      const claims = this.jwt.verify<Claims>(token);
      invariant(typeof claims.sid === 'string', 'a token of ours names its session');
      this.genuine.set(token, claims);
      return claims;
    } catch {
      throw new AccessTokenInvalid();
    }
  }
}
