/** The salts of players whom another service knows. */
export abstract class PoolPlayers {
  /** 32 random bytes for each of these players; created when a player is first seen. */
  abstract salts(userIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
}
