import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/application/clock';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { Admins } from '../../user/user.api';
import type { LotteryState } from '../domain/lottery';
import type { LotteryDate } from '../domain/lottery-date';
import { DrawLottery } from './draw-lottery';
import { Lotteries } from './lotteries';
import { Closing, SealLottery } from './seal-lottery';

/**
 * Closes a lottery: it is sealed, then drawn, each exactly once, however often and on however many replicas this runs.
 * Each step is its own transaction under the lottery's row lock, so a crash between them leaves a sealed lottery for
 * the next call.
 */
@Injectable()
export class CloseLottery {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lotteries: Lotteries,
    private readonly sealLottery: SealLottery,
    private readonly drawLottery: DrawLottery,
    private readonly clock: Clock,
    private readonly admins: Admins,
  ) {}

  /**
   * For an operator, who may close a day before its end, but not before it has begun.
   *
   * @throws LotteryNotFound, LotteryNotBegun, LotteryNotOver
   */
  async byHand(date: LotteryDate, early: boolean): Promise<void> {
    await this.assertBegun(date);
    await this.execute({ date, trigger: 'manual', early });
  }

  /**
   * As an operator does it, for an admin, whom the audit trail names.
   *
   * @throws AccessForbidden, LotteryNotFound, LotteryNotBegun, LotteryNotOver
   */
  async asAdmin(adminId: string, date: LotteryDate, early: boolean): Promise<void> {
    await this.assertBegun(date);
    const closing = { date, trigger: 'manual', early, actor: { userId: adminId } } as const;
    await this.admins.act(adminId, () => this.seal(closing));
    await this.drawIfReady(date);
  }

  /**
   * Does what can be done now: a sealed lottery whose beacon is not known yet stays sealed, a closed one stays as it
   * is. Returns the states that this call reached. @throws LotteryNotFound, LotteryNotOver
   */
  async execute(closing: Closing): Promise<readonly LotteryState[]> {
    const sealed = await this.work.run(() => this.seal(closing));
    return [...sealed, ...(await this.drawIfReady(closing.date))];
  }

  private async assertBegun(date: LotteryDate): Promise<void> {
    const lottery = await this.lotteries.get(date);
    if (lottery.state === 'open') lottery.assertBegun(await this.clock.synchronise());
  }

  private async drawIfReady(date: LotteryDate): Promise<LotteryState[]> {
    const lottery = await this.lotteries.get(date);
    const ready = lottery.state === 'sealed' && (await this.drawLottery.prepare(lottery));
    return ready ? this.work.run(() => this.draw(date)) : [];
  }

  private async seal({ date, ...how }: Closing): Promise<LotteryState[]> {
    const lottery = await this.lotteries.lock(date);
    if (lottery.state !== 'open') return [];
    if (!how.early) lottery.assertOver(await this.clock.synchronise());
    const { state } = await this.sealLottery.execute(lottery, how);
    return [state];
  }

  private async draw(date: LotteryDate): Promise<LotteryState[]> {
    const lottery = await this.lotteries.lock(date);
    if (lottery.state !== 'sealed') return [];
    const { state } = await this.drawLottery.execute(lottery);
    return [state];
  }
}
