import { hash } from 'node:crypto';

/** A session ends this long after its log-in, however often it was refreshed. */
export const SESSION_LIFETIME_DAYS = 30;
/**
 * Maximum number of refreshes of a session, more than two for each access token that expires in its lifetime. It bounds
 * what a session stores. Used tokens must be kept until then: if the oldest were deleted, a thief could refresh until
 * the stolen one is gone, and the owner would have to log in again while the thief continues.
 */
export const SESSION_REFRESHES = 10_000;
/** How long a client that lost the response, or has two tabs, may present a used token again. */
const REUSE_GRACE_MS = 10_000;

/** What is stored of a refresh token: SHA-256 of its text. */
export function refreshTokenDigest(refreshToken: string): Buffer {
  return hash('sha256', refreshToken, 'buffer');
}

/** What is known of a presented refresh token; all times are the database's. */
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
 * `fresh`: never used; `repeated`: used a moment ago, its successor may be issued again; `reused`: used before that, so
 * two people hold it; `ended`: its session is over.
 */
export type RefreshVerdict = 'fresh' | 'repeated' | 'reused' | 'ended';

export function judgeRefresh(token: PresentedToken): RefreshVerdict {
  if (token.revokedAt !== null || token.presentedAt >= token.expiresAt) return 'ended';
  if (token.usedAt === null) return token.refreshes < SESSION_REFRESHES ? 'fresh' : 'ended';
  return token.presentedAt.getTime() - token.usedAt.getTime() <= REUSE_GRACE_MS ? 'repeated' : 'reused';
}
