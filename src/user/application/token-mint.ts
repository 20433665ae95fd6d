import type { Role } from '../domain/user';

/** The result of a log-in or a refresh. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
}

/** Makes tokens. */
export abstract class TokenMint {
  /** A new refresh token. */
  abstract newRefreshToken(): string;

  /** The successor of this refresh token; only this service can derive it. */
  abstract successorOf(refreshToken: string): string;

  /** The refresh token together with an access token for this user. */
  abstract tokensFor(user: { readonly id: string; readonly role: Role }, refreshToken: string): SessionTokens;
}
