import type { Role } from '../domain/user';

/** The result of a log-in or a refresh. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
}

export interface TokenOwner {
  readonly id: string;
  readonly role: Role;
}

export interface Session {
  readonly sessionId: string;
  /** The current one. */
  readonly refreshToken: string;
}

/** Makes tokens. */
export abstract class TokenMint {
  /** A new refresh token. */
  abstract newRefreshToken(): string;

  /** The successor of this refresh token; only this service can derive it. */
  abstract successorOf(refreshToken: string): string;

  /** The refresh token of the session together with an access token for this user. */
  abstract tokensFor(owner: TokenOwner, session: Session): SessionTokens;
}
