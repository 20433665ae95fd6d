import { Module } from '@nestjs/common';
import { EventCatalogue } from '../shared/application/event-catalogue';
import { Throttle } from '../platform/throttling/throttle';
import { BallotModule } from '../ballot/ballot.module';
import { DrawModule } from '../draw/draw.module';
import { UserModule } from '../user/user.module';
import { AddLottery } from './application/add-lottery';
import { Calendar } from './application/calendar';
import { CloseLottery } from './application/close-lottery';
import { DrawLottery } from './application/draw-lottery';
import { Lotteries } from './application/lotteries';
import { OpenLottery } from './application/open-lottery';
import { ProveLotteries } from './application/prove-lotteries';
import { ReadLotteries } from './application/read-lotteries';
import { ReconcileLotteries } from './application/reconcile-lotteries';
import { SealLottery } from './application/seal-lottery';
import { SubmitToLottery } from './application/submit-to-lottery';
import { LotteriesController } from './infrastructure/lotteries.controller';
import { LotteryConfig } from './infrastructure/lottery-config';
import { BALLOTS_LIMIT, LotteryBallotsController } from './infrastructure/lottery-ballots.controller';
import { LotteryProofsController } from './infrastructure/lottery-proofs.controller';
import { LOTTERY_EVENTS } from './infrastructure/lottery-event-descriptions';
import { LotteryMetrics } from './infrastructure/lottery-metrics';
import { Reconciler } from './infrastructure/reconciler';
import { TypeOrmLotteries } from './infrastructure/typeorm-lotteries';

@Module({
  imports: [UserModule, BallotModule, DrawModule],
  controllers: [LotteriesController, LotteryBallotsController, LotteryProofsController],
  providers: [
    { provide: Lotteries, useClass: TypeOrmLotteries },
    Calendar,
    AddLottery,
    OpenLottery,
    SealLottery,
    DrawLottery,
    CloseLottery,
    ReconcileLotteries,
    SubmitToLottery,
    ReadLotteries,
    ProveLotteries,
    LotteryMetrics,
    Reconciler,
  ],
})
export class LotteryModule {
  static readonly tags = { lotteries: 'One for each UTC day' };

  constructor(throttle: Throttle, { USER_BALLOTS_PER_SECOND }: LotteryConfig, events: EventCatalogue) {
    events.add(LOTTERY_EVENTS);
    throttle.declare(BALLOTS_LIMIT, { perSecond: USER_BALLOTS_PER_SECOND, inProduction: 100 });
  }
}
