import { Injectable } from '@nestjs/common';
import { Ballots } from '../../ballot/ballot.api';
import { DrawSealing } from '../../draw/draw.api';
import { Actor, AuditTrail } from '../../shared/application/audit-trail';
import { Outbox } from '../../shared/application/outbox';
import { invariant } from '../../shared/domain/invariant';
import type { Lottery } from '../domain/lottery';
import type { LotteryDate } from '../domain/lottery-date';
import { LOTTERY_SEALED, LOTTERY_VOIDED, LotterySealed, LotteryVoided } from '../lottery.events';
import { Lotteries } from './lotteries';

export interface Closing {
  readonly date: LotteryDate;
  /** What ends it: the schedule, or somebody by hand. */
  readonly trigger: 'schedule' | 'manual';
  /** Who closes it by hand; absent: the operator. */
  readonly actor?: Actor;
  /** Closes it although its day is not over: only people may. */
  readonly early: boolean;
}

/** Seals the lottery of a day: its ballots become final. If none of them can win, the lottery is void. */
@Injectable()
export class SealLottery {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly sealing: DrawSealing,
    private readonly ballots: Ballots,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Runs in the caller's unit of work, for an open lottery under its lock. */
  async execute(lottery: Lottery, { trigger, early, actor = 'operator' }: Omit<Closing, 'date'>): Promise<Lottery> {
    const [seal] = await this.sealing.seal([lottery.drawId], trigger);
    invariant(seal, `the lottery of ${lottery.date.toString()} is sealed`);
    const moved = lottery.moveTo(seal.winnable ? 'sealed' : 'void');
    await this.lotteries.storeState(moved);
    if (trigger === 'manual') {
      const [subject, details] = [moved.date.toString(), { early: String(early) }];
      await this.audit.record({ actor, action: 'lottery.closed', subject, details });
    }
    await this.announce(moved, seal.sealedAt);
    return moved;
  }

  private async announce({ date, drawId, state }: Lottery, occurredAt: Date): Promise<void> {
    const ballots = (await this.ballots.sizes([drawId])).get(drawId) ?? 0;
    const facts = { date: date.toString(), drawId, ballots };
    const event =
      state === 'void'
        ? { type: LOTTERY_VOIDED, payload: { ...facts, state } satisfies LotteryVoided }
        : { type: LOTTERY_SEALED, payload: { ...facts, state: 'sealed' } satisfies LotterySealed };
    await this.outbox.add([{ ...event, aggregateId: drawId, occurredAt }]);
  }
}
