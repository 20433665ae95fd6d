/** What a draw must know of a person. */
export interface PlayerStanding {
  /** 32 random bytes that belong to this person alone; they key the pseudonym of each draw. */
  readonly salt: Buffer;
  readonly banned: boolean;
}

/** What other modules may ask of people. Each call reads within the running unit of work, if there is one. */
export abstract class Players {
  /** The standing of each of these users; ids that nobody has are absent. One query, however many. */
  abstract standings(userIds: readonly string[]): Promise<ReadonlyMap<string, PlayerStanding>>;

  /** Those who are banned at this moment: all, or as many of them. */
  abstract bannedUserIds(limit: number | null): Promise<readonly string[]>;

  /**
   * The name that a person shows in public: their name, or their username where they gave none.
   *
   * @throws DomainError `user.not-found`
   */
  abstract displayName(userId: string): Promise<string>;
}

/** Those who run the service. */
export abstract class Admins {
  /**
   * Does this in one unit of work in which the actor is an admin and stays one; what others do as admins waits meanwhile.
   *
   * @throws DomainError `access.forbidden` where the actor is no admin any more, though their token still says so
   */
  abstract act<T>(actorId: string, work: () => Promise<T>): Promise<T>;
}
