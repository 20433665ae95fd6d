import { hash } from 'node:crypto';

/** A session ends this long after its log-in, however often it was refreshed. */
export const SESSION_LIFETIME_DAYS = 30;
/**
 * A session ends after so many refreshes, more than two for each access token that runs out in its lifetime. It bounds what
 * a session stores. Used tokens must be kept until then: with the oldest forgotten, a thief could refresh until the stolen
 * one is, and its owner would be sent to log in anew while the thief goes on.
 */
export const SESSION_REFRESHES = 10_000;
/** A client that lost the answer, or two of its tabs, may present a used token again for so long. */
const REUSE_GRACE_MS = 10_000;

/** All that is stored of a refresh token: SHA-256 of its text. */
export function refreshTokenDigest(refreshToken: string): Buffer {
  return hash('sha256', refreshToken, 'buffer');
}

/** What is known of a refresh token that somebody shows; all times are the database's. */
export interface PresentedToken {
  readonly sessionId: string;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly usedAt: Date | null;
  readonly presentedAt: Date;
  /** How often the session has been refreshed. */
  readonly refreshes: number;
}

/**
 * `fresh`: never used; `repeated`: used a moment ago, its successor may be given out again; `reused`: used before that, so
 * two people hold it; `ended`: its session is over.
 */
export type RefreshVerdict = 'fresh' | 'repeated' | 'reused' | 'ended';

export function judgeRefresh(token: PresentedToken): RefreshVerdict {
  if (token.revokedAt !== null || token.presentedAt >= token.expiresAt) return 'ended';
  if (token.usedAt === null) return token.refreshes < SESSION_REFRESHES ? 'fresh' : 'ended';
  return token.presentedAt.getTime() - token.usedAt.getTime() <= REUSE_GRACE_MS ? 'repeated' : 'reused';
}
