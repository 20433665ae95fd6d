import { Injectable } from '@nestjs/common';
import { DrawOpening } from '../../draw/draw.api';
import { Actor, AuditTrail } from '../../shared/application/audit-trail';
import { Ids } from '../../shared/application/ids';
import { Outbox } from '../../shared/application/outbox';
import { formatInstant } from '../../shared/domain/instant';
import { invariant } from '../../shared/domain/invariant';
import { Lottery } from '../domain/lottery';
import type { LotteryDate } from '../domain/lottery-date';
import { LOTTERY_OPENED, LotteryOpened } from '../lottery.events';
import { Lotteries } from './lotteries';

/** One person wins each day. */
const WINNERS = 1;

/** Adds the lottery of a day that has none, and its draw. */
@Injectable()
export class AddLottery {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly draws: DrawOpening,
    private readonly ids: Ids,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Runs in the caller's unit of work. Returns whether it was added: of concurrent calls, one adds it. */
  async execute(date: LotteryDate, now: Date, actor: Actor): Promise<boolean> {
    const { closesAt } = date;
    const drawId = this.ids.next(now);
    const added = await this.lotteries.add(new Lottery(date, drawId, 'open'));
    if (!added) return false;
    const [occurredAt] = await this.draws.open([
      { drawId, name: `daily ${date.toString()}`, closes: closesAt, winners: WINNERS },
    ]);
    invariant(occurredAt, `the draw of ${date.toString()} is open`);
    await this.audit.record({ actor, action: 'lottery.opened', subject: date.toString() });
    const payload = {
      date: date.toString(),
      drawId,
      state: 'open',
      closesAt: formatInstant(closesAt),
    } satisfies LotteryOpened;
    await this.outbox.add([{ type: LOTTERY_OPENED, aggregateId: drawId, payload, occurredAt }]);
    return true;
  }
}
