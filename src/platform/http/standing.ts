import type { SignedInUser } from './access-tokens';

/** What has become of users since their access tokens were issued, on any replica. */
export abstract class Standing {
  /**
   * Returns the user as they were at most a second ago: an admin who was demoted or banned is a player. Returns a
   * promise only if the database has to be asked first.
   *
   * @throws AccessTokenInvalid if the session has ended
   */
  abstract of(user: SignedInUser): SignedInUser | Promise<SignedInUser>;

  /** Whether the session is known to have ended. Asks no database. */
  abstract hasEnded(sessionId: string): boolean;
}
