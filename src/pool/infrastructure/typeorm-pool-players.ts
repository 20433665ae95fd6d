import { Injectable } from '@nestjs/common';
import { Randomness } from '../../shared/application/randomness';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { PoolPlayers } from '../application/pool-players';

const SALT_BYTES = 32;

/** In the order of the ids, so that two units of work that see the same players first wait but never deadlock. */
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

  async salts(playerIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    const known = await this.known(playerIds);
    const strangers = playerIds.filter((playerId) => !known.has(playerId));
    if (strangers.length === 0) return known;
    await this.work.writer.query(ADD, [strangers, strangers.map(() => this.randomness.bytes(SALT_BYTES))]);
    // Somebody else may have been first with some of them.
    return new Map([...known, ...(await this.known(strangers))]);
  }

  private async known(playerIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    const rows = await this.work.writer.query<{ playerId: string; salt: Buffer }[]>(
      'select player_id as "playerId", salt from pool_players where player_id = any($1)',
      [playerIds],
    );
    return new Map(rows.map(({ playerId, salt }) => [playerId, salt]));
  }
}
