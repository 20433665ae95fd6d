import { Injectable } from '@nestjs/common';
import type { Actor } from '../../shared/application/audit-trail';
import { Clock } from '../../shared/application/clock';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { Admins } from '../../user/user.api';
import { LotteryDayPast, LotteryExists } from '../domain/errors';
import { LotteryDate } from '../domain/lottery-date';
import { AddLottery } from './add-lottery';

/** Opens the lottery of a day, which takes ballots from now until midnight UTC at the end of that day. */
@Injectable()
export class OpenLottery {
  constructor(
    private readonly work: UnitOfWork,
    private readonly admins: Admins,
    private readonly addLottery: AddLottery,
    private readonly clock: Clock,
  ) {}

  /** @throws AccessForbidden, LotteryDayPast, LotteryExists */
  async execute(date: LotteryDate, adminId: string): Promise<void> {
    const opened = await this.admins.act(adminId, () => this.openUnlessThere(date, { userId: adminId }));
    if (!opened) throw new LotteryExists(date);
  }

  /** Returns whether this call opened it: of concurrent calls, on any replica, one does. @throws LotteryDayPast */
  openUnlessThere(date: LotteryDate, actor: Actor): Promise<boolean> {
    return this.work.run(async () => {
      const now = await this.clock.synchronise();
      if (date.isBefore(LotteryDate.of(now))) throw new LotteryDayPast(date);
      return this.addLottery.execute(date, now, actor);
    });
  }
}
