import { createHash } from 'node:crypto';

/** A session ends this long after its log-in, however often it was refreshed. */
export const SESSION_LIFETIME_DAYS = 30;
/** A client that lost the answer, or two of its tabs, may present a used token again for so long. */
const REUSE_GRACE_MS = 10_000;

/** All that is stored of a refresh token: SHA-256 of its text. */
export function refreshTokenDigest(refreshToken: string): Buffer {
  return createHash('sha256').update(refreshToken, 'utf8').digest();
}

/** What is known of a refresh token that somebody shows; all times are the database's. */
export interface PresentedToken {
  readonly sessionId: string;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly usedAt: Date | null;
  readonly presentedAt: Date;
}

/**
 * `fresh`: never used; `repeated`: used a moment ago, its successor may be given out again; `reused`: used before that, so
 * two people hold it; `ended`: its session is over.
 */
export type RefreshVerdict = 'fresh' | 'repeated' | 'reused' | 'ended';

export function judgeRefresh(token: PresentedToken): RefreshVerdict {
  if (token.revokedAt !== null || token.presentedAt >= token.expiresAt) return 'ended';
  if (token.usedAt === null) return 'fresh';
  return token.presentedAt.getTime() - token.usedAt.getTime() <= REUSE_GRACE_MS ? 'repeated' : 'reused';
}
