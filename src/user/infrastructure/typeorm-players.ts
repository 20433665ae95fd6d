import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { prepared, sqlArray } from '../../platform/database/statements';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { Users } from '../application/users';
import { UserNotFound } from '../domain/errors';
import { Players, PlayerStanding } from '../user.api';

interface StandingRow {
  readonly id: string;
  /** Null if the user no longer exists. */
  readonly salt: Buffer | null;
  readonly banned: boolean;
}

/** A few MB. */
const MAX_REMEMBERED = 10_000;

/**
 * For ids that are cached, returns only users banned since (with their salt) or deleted since (salt null). Salts never
 * change.
 */
const STANDINGS = prepared(`
  select id, player_salt as salt, banned_at is not null as banned from users where id = any($1::uuid[])
  union all
  select known.id, users.player_salt, true from unnest($2::uuid[]) as known (id) left join users using (id)
  where users.id is null or users.banned_at is not null`);

/** Answers other modules' questions about users. */
@Injectable()
export class TypeOrmPlayers extends Players {
  /**
   * Caches users who were not banned when read; the query returns those banned or deleted since. So mostly no row is
   * returned, and the same user has the same salt buffer, by which callers may cache what they derive from it.
   */
  private readonly remembered = new LRUCache<string, PlayerStanding>({ max: MAX_REMEMBERED });

  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly users: Users,
  ) {
    super();
  }

  async standings(userIds: readonly string[]): Promise<ReadonlyMap<string, PlayerStanding>> {
    const standings = new Map<string, PlayerStanding>();
    const unknown: string[] = [];
    for (const id of userIds) {
      const known = this.remembered.get(id);
      if (known) standings.set(id, known);
      else unknown.push(id);
    }
    const rows = await this.work.reader.query<StandingRow[]>(STANDINGS, [
      sqlArray(unknown),
      sqlArray([...standings.keys()]),
    ]);
    for (const { id, salt, banned } of rows) {
      if (salt === null) {
        standings.delete(id);
        continue;
      }
      const standing = { salt: copyOf(salt), banned };
      standings.set(id, standing);
      if (!banned) this.remembered.set(id, standing);
    }
    return standings;
  }

  async bannedUserIds(limit: number | null): Promise<readonly string[]> {
    const rows = await this.work.reader.query<{ id: string }[]>(
      'select id from users where banned_at is not null limit $1',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** @throws UserNotFound */
  async displayName(userId: string): Promise<string> {
    const user = await this.users.find(userId);
    if (user === null) throw new UserNotFound();
    return user.name ?? user.username;
  }
}

/** A copy: the driver's buffers are slices of blocks of 8 KB, and each would keep its whole block alive. */
function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.alloc(bytes.length);
  bytes.copy(copy);
  return copy;
}
