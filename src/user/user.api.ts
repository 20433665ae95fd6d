/** What a draw must know of a user. */
export interface PlayerStanding {
  /** 32 random bytes that belong to this person alone; they key the pseudonym of each draw. */
  readonly salt: Buffer;
  readonly banned: boolean;
}

/** What other modules may ask about users. Each call reads within the running unit of work, if there is one. */
export abstract class Players {
  /** The standing of each of these users; unknown ids are absent. One query, however many ids. */
  abstract standings(userIds: readonly string[]): Promise<ReadonlyMap<string, PlayerStanding>>;

  /** The users banned at this moment: all, or at most `limit`. */
  abstract bannedUserIds(limit: number | null): Promise<readonly string[]>;

  /**
   * The public name of a user: the name, or the username if there is none.
   *
   * @throws DomainError `user.not-found`
   */
  abstract displayName(userId: string): Promise<string>;
}

/** The admins of the service. */
export abstract class Admins {
  /**
   * Runs the work in one unit of work in which the actor is an admin who is not banned, and stays so; other acts of
   * admins wait meanwhile.
   *
   * @throws DomainError `access.forbidden` if the actor is none, even if the token says so
   */
  abstract act<T>(actorId: string, work: () => Promise<T>): Promise<T>;
}
