import { Injectable } from '@nestjs/common';
import { BallotList, LogProofs } from '../../ballot/ballot.api';
import { Bundle, DrawBundles } from '../../draw/draw.api';
import { Clock } from '../../shared/application/clock';
import { LotteryNotSealed } from '../domain/errors';
import { LotteryDate } from '../domain/lottery-date';
import { Lotteries } from './lotteries';

/** What anybody needs to check the lottery of a day without us. */
@Injectable()
export class ProveLotteries {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly bundles: DrawBundles,
    private readonly proofs: LogProofs,
    private readonly clock: Clock,
  ) {}

  /** `final`: the answer to this question will never change; today is another day tomorrow. @throws LotteryNotFound, LotteryNotSealed */
  async bundle(day: LotteryDate | 'today'): Promise<{ bundle: Bundle; final: boolean }> {
    const { drawId, state, date } = await this.lotteries.get(this.dateOf(day));
    const bundle = await this.bundles.bundle(drawId);
    if (!bundle) throw new LotteryNotSealed(date);
    return { bundle, final: day !== 'today' && (state === 'drawn' || state === 'void') };
  }

  /** All ballots as they are now. `final` as for the bundle. @throws LotteryNotFound */
  async list(day: LotteryDate | 'today'): Promise<BallotList & { final: boolean }> {
    const { drawId, state } = await this.lotteries.get(this.dateOf(day));
    return { final: day !== 'today' && state !== 'open', ...(await this.proofs.list(drawId)) };
  }

  /** @throws LotteryNotFound */
  async checkpoint(day: LotteryDate | 'today'): Promise<string> {
    return this.proofs.checkpoint(await this.lotteries.drawIdOf(this.dateOf(day)));
  }

  /** @throws LotteryNotFound, TreeSizeInvalid */
  async consistency(day: LotteryDate | 'today', from: number, to: number): Promise<readonly Buffer[]> {
    return this.proofs.consistency(await this.lotteries.drawIdOf(this.dateOf(day)), from, to);
  }

  private dateOf(day: LotteryDate | 'today'): LotteryDate {
    return day === 'today' ? LotteryDate.of(this.clock.now()) : day;
  }
}
