import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { invariant } from '../../shared/domain/invariant';
import { RefreshTokenInvalid, RefreshTokenReused } from '../domain/errors';
import { judgeRefresh, refreshTokenDigest } from '../domain/refresh-token';
import type { User } from '../domain/user';
import { Sessions } from './sessions';
import { SessionTokens, TokenMint } from './token-mint';
import { Users } from './users';

interface Rotated {
  readonly user: User;
  readonly sessionId: string;
}

/** Exchanges a refresh token for a new pair of tokens, once, with the user's current role. */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sessions: Sessions,
    private readonly users: Users,
    private readonly mint: TokenMint,
  ) {}

  /**
   * @throws RefreshTokenInvalid @throws RefreshTokenReused after ending the session: it is thrown after the commit, so
   * that the session stays ended.
   */
  async execute({ refreshToken }: { readonly refreshToken: string }): Promise<SessionTokens> {
    const successor = this.mint.successorOf(refreshToken);
    const rotated = await this.work.run(() =>
      this.rotate(refreshTokenDigest(refreshToken), refreshTokenDigest(successor)),
    );
    if (rotated === 'reused') throw new RefreshTokenReused();
    const { user, sessionId } = rotated;
    return this.mint.tokensFor(user, { sessionId, refreshToken: successor });
  }

  private async rotate(digest: Buffer, successor: Buffer): Promise<Rotated | 'reused'> {
    const token = await this.sessions.lock(digest);
    const verdict = token === null ? 'ended' : judgeRefresh(token);
    if (token === null || verdict === 'ended') throw new RefreshTokenInvalid();
    if (verdict === 'reused') {
      await this.sessions.revoke(digest);
      return verdict;
    }
    if (verdict === 'fresh') await this.sessions.rotate(token.sessionId, digest, successor);
    const user = await this.users.find(token.userId);
    invariant(user, 'every session has its user');
    return { user, sessionId: token.sessionId };
  }
}
