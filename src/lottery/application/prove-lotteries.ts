import { Injectable } from '@nestjs/common';
import { LogProofs } from '../../ballot/ballot.api';
import { Clock } from '../../shared/application/clock';
import { LotteryDate } from '../domain/lottery-date';
import { Lotteries } from './lotteries';

/** Proofs about the ballot log of a day. */
@Injectable()
export class ProveLotteries {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly proofs: LogProofs,
    private readonly clock: Clock,
  ) {}

  /** @throws LotteryNotFound */
  async checkpoint(day: LotteryDate | 'today'): Promise<string> {
    return this.proofs.checkpoint(await this.drawIdOf(day));
  }

  /** @throws LotteryNotFound, TreeSizeInvalid */
  async consistency(day: LotteryDate | 'today', from: number, to: number): Promise<readonly Buffer[]> {
    return this.proofs.consistency(await this.drawIdOf(day), from, to);
  }

  private drawIdOf(day: LotteryDate | 'today'): Promise<string> {
    return this.lotteries.drawIdOf(day === 'today' ? LotteryDate.of(this.clock.now()) : day);
  }
}
