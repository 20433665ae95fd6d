import { Injectable } from '@nestjs/common';
import { Randomness } from '../../shared/application/randomness';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { PoolPlayers } from '../application/pool-players';

const SALT_BYTES = 32;

/**
 * In the order of the ids, so that two units of work that add the same players wait for each other but never deadlock.
 */
const ADD = `
  insert into pool_players (player_id, salt)
  select * from unnest($1::uuid[], $2::bytea[]) as t (player_id, salt) order by player_id on conflict do nothing`;

@Injectable()
export class TypeOrmPoolPlayers extends PoolPlayers {
  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly randomness: Randomness,
  ) {
    super();
  }

  async salts(userIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    const known = await this.known(userIds);
    const strangers = userIds.filter((userId) => !known.has(userId));
    if (strangers.length === 0) return known;
    await this.work.writer.query(ADD, [strangers, strangers.map(() => this.randomness.bytes(SALT_BYTES))]);
    // Another transaction may have added some of them first.
    return new Map([...known, ...(await this.known(strangers))]);
  }

  private async known(userIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    const rows = await this.work.writer.query<{ userId: string; salt: Buffer }[]>(
      'select player_id as "userId", salt from pool_players where player_id = any($1)',
      [userIds],
    );
    return new Map(rows.map(({ userId, salt }) => [userId, salt]));
  }
}
