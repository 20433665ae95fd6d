import { Injectable } from '@nestjs/common';
import { Ballots, LogProofs } from '../../ballot/ballot.api';
import { Bundle, DrawBundles } from '../../draw/draw.api';
import { Clock } from '../../shared/application/clock';
import { LotteryNotSealed } from '../domain/errors';
import { LotteryDate } from '../domain/lottery-date';
import { Lotteries } from './lotteries';

export interface BallotList {
  /** The checkpoint of exactly these ballots, a signed note: what the list must hash to. */
  readonly checkpoint: string;
  /** The answer to this question will never change. */
  readonly final: boolean;
  /** `ballots.txt`, some lines at a time. */
  readonly lines: AsyncIterable<string>;
}

/** What anybody needs to check the lottery of a day without us. */
@Injectable()
export class BundleLottery {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly bundles: DrawBundles,
    private readonly proofs: LogProofs,
    private readonly ballots: Ballots,
    private readonly clock: Clock,
  ) {}

  /** `final`: the answer to this question will never change; today is another day tomorrow. @throws LotteryNotFound, LotteryNotSealed */
  async bundle(day: LotteryDate | 'today'): Promise<{ bundle: Bundle; final: boolean }> {
    const { drawId, state, date } = await this.lotteries.get(this.dateOf(day));
    const bundle = await this.bundles.bundle(drawId);
    if (!bundle) throw new LotteryNotSealed(date);
    return { bundle, final: day !== 'today' && (state === 'drawn' || state === 'void') };
  }

  /** All ballots as they are now. @throws LotteryNotFound */
  async list(day: LotteryDate | 'today'): Promise<BallotList> {
    const { drawId, state } = await this.lotteries.get(this.dateOf(day));
    const checkpoint = await this.proofs.checkpoint(drawId);
    const size = Number(checkpoint.split('\n')[1]);
    return { checkpoint, final: day !== 'today' && state !== 'open', lines: this.ballots.lines(drawId, size) };
  }

  private dateOf(day: LotteryDate | 'today'): LotteryDate {
    return day === 'today' ? LotteryDate.of(this.clock.now()) : day;
  }
}
