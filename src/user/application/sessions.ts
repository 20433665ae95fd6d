import type { PresentedToken } from '../domain/refresh-token';

/** Log-ins that can be refreshed. Only digests of refresh tokens are kept. */
export abstract class Sessions {
  /**
   * Begins a session of SESSION_LIFETIME_DAYS and SESSION_REFRESHES with its first refresh token. Also deletes some
   * expired sessions.
   *
   * @returns its id
   */
  abstract open(userId: string, digest: Buffer): Promise<string>;

  /** What is known of this token, or null. Holds the lock of its session until the unit of work ends. */
  abstract lock(digest: Buffer): Promise<PresentedToken | null>;

  /** Marks the token as used and stores its successor. Needs the lock. */
  abstract rotate(sessionId: string, digest: Buffer, successor: Buffer): Promise<void>;

  /**
   * Ends the session of this token, if any: all of its refresh tokens become invalid at once, its access tokens within
   * a second on every replica (`Standing`). With `revokeAll` the only way in which a session ends before its time.
   */
  abstract revoke(digest: Buffer): Promise<void>;

  /** Ends all sessions of the user, in the same way. One that begins meanwhile may stay. */
  abstract revokeAll(userId: string): Promise<void>;
}
