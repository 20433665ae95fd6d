import { Injectable } from '@nestjs/common';
import { BallotList, LogProofs } from '../../ballot/ballot.api';
import { Bundle, DrawBundles } from '../../draw/draw.api';
import { LotteryNotSealed } from '../domain/errors';
import type { Day } from '../domain/lottery-date';
import { Calendar } from './calendar';
import { Lotteries } from './lotteries';

/** Returns what a stranger needs to check the lottery of a day. */
@Injectable()
export class ProveLotteries {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly bundles: DrawBundles,
    private readonly proofs: LogProofs,
    private readonly calendar: Calendar,
  ) {}

  /**
   * `final`: the response to this request will never change; `today` is another day tomorrow. @throws LotteryNotFound,
   * LotteryNotSealed
   */
  async bundle(day: Day): Promise<{ bundle: Bundle; final: boolean }> {
    const { drawId, state, date } = await this.lotteries.get(this.calendar.dateOf(day));
    const bundle = await this.bundles.bundle(drawId);
    if (!bundle) throw new LotteryNotSealed(date);
    return { bundle, final: day !== 'today' && (state === 'drawn' || state === 'void') };
  }

  /** The current list of all ballots. `final` as for the bundle. @throws LotteryNotFound */
  async list(day: Day): Promise<BallotList & { final: boolean }> {
    const { drawId, state } = await this.lotteries.get(this.calendar.dateOf(day));
    return { final: day !== 'today' && state !== 'open', ...(await this.proofs.list(drawId)) };
  }

  /** @throws LotteryNotFound */
  async checkpoint(day: Day): Promise<string> {
    return this.proofs.checkpoint(await this.lotteries.drawIdOf(this.calendar.dateOf(day)));
  }

  /** @throws LotteryNotFound, TreeSizeInvalid */
  async consistency(day: Day, from: number, to: number): Promise<readonly Buffer[]> {
    return this.proofs.consistency(await this.lotteries.drawIdOf(this.calendar.dateOf(day)), from, to);
  }
}
