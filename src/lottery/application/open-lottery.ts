import { Injectable } from '@nestjs/common';
import { DrawOpening } from '../../draw/draw.api';
import { Actor, AuditTrail } from '../../shared/application/audit-trail';
import { Clock } from '../../shared/application/clock';
import { Ids } from '../../shared/application/ids';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { LotteryDayPast, LotteryExists } from '../domain/errors';
import { Lottery } from '../domain/lottery';
import { LotteryDate } from '../domain/lottery-date';
import { Lotteries } from './lotteries';

/** One person wins each day. */
const WINNERS = 1;

/** A day gets its lottery, which takes ballots from now until midnight UTC at the end of that day. */
@Injectable()
export class OpenLottery {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lotteries: Lotteries,
    private readonly draws: DrawOpening,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws LotteryDayPast, LotteryExists */
  async execute(date: LotteryDate, actor: Actor): Promise<void> {
    const opened = await this.openUnlessThere(date, actor);
    if (!opened) throw new LotteryExists(date);
  }

  /** Whether this call opened it: of any number at once, on any replica, one does. @throws LotteryDayPast */
  openUnlessThere(date: LotteryDate, actor: Actor): Promise<boolean> {
    return this.work.run(async () => {
      const now = await this.clock.synchronise();
      if (date.isBefore(LotteryDate.of(now))) throw new LotteryDayPast(date);
      const drawId = this.ids.next(now);
      const added = await this.lotteries.add(new Lottery(date, drawId, 'open'));
      if (!added) return false;
      await this.draws.open({ drawId, name: `daily ${date.toString()}`, closesAt: date.closesAt, winners: WINNERS });
      await this.audit.record({ actor, action: 'lottery.opened', subject: date.toString() });
      return true;
    });
  }
}
