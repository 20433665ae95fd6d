import type { Role } from '../domain/user';

/** What a log-in or a refresh gives to the client. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
}

/** Makes tokens. */
export abstract class TokenMint {
  /** A refresh token that nobody has seen before. */
  abstract newRefreshToken(): string;

  /** The one refresh token that follows this one; only this service can derive it. */
  abstract successorOf(refreshToken: string): string;

  /** The refresh token together with an access token for this user. */
  abstract tokensFor(user: { readonly id: string; readonly role: Role }, refreshToken: string): SessionTokens;
}
