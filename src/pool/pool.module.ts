import { Module } from '@nestjs/common';
import { EventCatalogue } from '../shared/application/event-catalogue';
import { BallotModule } from '../ballot/ballot.module';
import { DrawModule } from '../draw/draw.module';
import { UserModule } from '../user/user.module';
import { AwardPools } from './application/award-pools';
import { ChangePoolRules } from './application/change-pool-rules';
import { ClosePools } from './application/close-pools';
import { DrawPools } from './application/draw-pools';
import { EnterStakes } from './application/enter-stakes';
import { StakeReceipts } from './application/stake-receipts';
import { PoolEntries } from './application/pool-entries';
import { PoolPlayers } from './application/pool-players';
import { PoolRuleBook } from './application/pool-rule-book';
import { Pools } from './application/pools';
import { ProvePools } from './application/prove-pools';
import { ReadPools } from './application/read-pools';
import { SubmitStake } from './application/submit-stake';
import { TakeStakes } from './application/take-stakes';
import { AwardRoute } from './infrastructure/award-route';
import { POOL_EVENTS } from './infrastructure/pool-event-descriptions';
import { PoolMetrics } from './infrastructure/pool-metrics';
import { PoolProofsController } from './infrastructure/pool-proofs.controller';
import { PoolReconciler } from './infrastructure/pool-reconciler';
import { PoolsController } from './infrastructure/pools.controller';
import { StakeConsumer } from './infrastructure/stake-consumer';
import { StakeMessages } from './infrastructure/stake-messages';
import { PoolRulesController } from './infrastructure/pool-rules.controller';
import { StakesController } from './infrastructure/stakes.controller';
import { TypeOrmPoolEntries } from './infrastructure/typeorm-pool-entries';
import { TypeOrmPoolPlayers } from './infrastructure/typeorm-pool-players';
import { TypeOrmPoolRuleBook } from './infrastructure/typeorm-pool-rule-book';
import { TypeOrmPools } from './infrastructure/typeorm-pools';
import { StakeIntake } from './pool.api';

@Module({
  imports: [UserModule, BallotModule, DrawModule],
  // The fixed paths before those with an id.
  controllers: [StakesController, PoolRulesController, PoolsController, PoolProofsController],
  providers: [
    { provide: Pools, useClass: TypeOrmPools },
    { provide: PoolEntries, useClass: TypeOrmPoolEntries },
    { provide: PoolPlayers, useClass: TypeOrmPoolPlayers },
    { provide: PoolRuleBook, useClass: TypeOrmPoolRuleBook },
    { provide: StakeIntake, useClass: TakeStakes },
    StakeReceipts,
    EnterStakes,
    ClosePools,
    AwardPools,
    DrawPools,
    SubmitStake,
    ReadPools,
    ProvePools,
    ChangePoolRules,
    AwardRoute,
    PoolMetrics,
    PoolReconciler,
    StakeMessages,
    StakeConsumer,
  ],
  exports: [StakeIntake],
})
export class PoolModule {
  static readonly tags = { pools: 'Draws that close when they are full' };

  constructor(events: EventCatalogue) {
    events.add(POOL_EVENTS);
  }
}
