import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Randomness } from '../../shared/application/randomness';
import type { Complete } from '../../platform/config/config';
import { Session, SessionTokens, TokenMint, TokenOwner } from '../application/token-mint';
import { ACCESS_TOKEN_SECONDS, JwtAccessTokens } from './jwt-access-tokens';
import { UserConfig } from './user-config';

const REFRESH_TOKEN_BYTES = 32;

/**
 * Issues JWTs for access, and opaque refresh tokens, each derived from its predecessor, so that only digests need to be
 * stored.
 */
@Injectable()
export class JwtTokenMint extends TokenMint {
  private readonly successorKey: Buffer;

  constructor(
    @Inject(UserConfig) { JWT_SECRET }: Complete<UserConfig, 'JWT_SECRET'>,
    private readonly accessTokens: JwtAccessTokens,
    private readonly randomness: Randomness,
  ) {
    super();
    this.successorKey = Buffer.from(hkdfSync('sha256', JWT_SECRET, '', 'lottery refresh token successor', 32));
  }

  newRefreshToken(): string {
    return this.randomness.bytes(REFRESH_TOKEN_BYTES).toString('base64url');
  }

  successorOf(refreshToken: string): string {
    return createHmac('sha256', this.successorKey).update('refresh').update(refreshToken, 'utf8').digest('base64url');
  }

  tokensFor({ id, role }: TokenOwner, { sessionId, refreshToken }: Session): SessionTokens {
    const accessToken = this.accessTokens.issue({ id, role, sessionId });
    return { accessToken, expiresInSeconds: ACCESS_TOKEN_SECONDS, refreshToken };
  }
}
