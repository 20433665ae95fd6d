import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Page, pageOf, PageRequest } from '../../shared/application/page';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { PoolRuleBook } from '../application/pool-rule-book';
import { PoolRules } from '../domain/pool-rules';
import { poolGamesTable } from './pools.table';

const STORE = `
  insert into pool_games (game_id, size, payout_share_bp) values ($1, $2, $3)
  on conflict (game_id) do update set size = excluded.size, payout_share_bp = excluded.payout_share_bp`;

@Injectable()
export class TypeOrmPoolRuleBook extends PoolRuleBook {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async page({ cursor, limit }: PageRequest): Promise<Page<PoolRules>> {
    const rows = await this.work.reader.find(poolGamesTable, {
      where: cursor === null ? {} : { gameId: MoreThan(cursor) },
      order: { gameId: 'ASC' },
      take: limit + 1,
    });
    const rules = rows.map(({ gameId, size, payoutShareBp }) => new PoolRules(gameId, size, payoutShareBp));
    return pageOf(rules, limit, ({ gameId }) => gameId);
  }

  async store({ gameId, size, payoutShareBp }: PoolRules): Promise<void> {
    await this.work.writer.query(STORE, [gameId, size, payoutShareBp]);
  }
}
