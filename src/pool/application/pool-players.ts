/** People whom another service knows, as far as pseudonyms need them. */
export abstract class PoolPlayers {
  /** 32 random bytes for each of these players; made when a player is first seen. */
  abstract salts(userIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
}
