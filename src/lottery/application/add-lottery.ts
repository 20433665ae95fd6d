import { Injectable } from '@nestjs/common';
import { DrawOpening } from '../../draw/draw.api';
import { Ids } from '../../shared/application/ids';
import { Outbox } from '../../shared/application/outbox';
import { formatInstant } from '../../shared/domain/instant';
import { Lottery } from '../domain/lottery';
import type { LotteryDate } from '../domain/lottery-date';
import { LOTTERY_OPENED, LotteryOpened } from '../lottery.events';
import { Lotteries } from './lotteries';

/** One person wins each day. */
const WINNERS = 1;

/** A day that has no lottery yet gets one, and the lottery its draw. */
@Injectable()
export class AddLottery {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly draws: DrawOpening,
    private readonly ids: Ids,
    private readonly outbox: Outbox,
  ) {}

  /** In the caller's unit of work. Whether it was added: of any number at once, one is. */
  async execute(date: LotteryDate, now: Date): Promise<boolean> {
    const { closesAt } = date;
    const drawId = this.ids.next(now);
    const added = await this.lotteries.add(new Lottery(date, drawId, 'open'));
    if (!added) return false;
    await this.draws.open([{ drawId, name: `daily ${date.toString()}`, closes: closesAt, winners: WINNERS }]);
    const payload = {
      date: date.toString(),
      drawId,
      state: 'open',
      closesAt: formatInstant(closesAt),
    } satisfies LotteryOpened;
    await this.outbox.add([{ type: LOTTERY_OPENED, aggregateId: drawId, payload }]);
    return true;
  }
}
