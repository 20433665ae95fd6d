import { Injectable } from '@nestjs/common';
import { BallotIntake, Ballots, BallotsClosed, IdempotencyKeyReused, Receipt } from '../../ballot/ballot.api';
import type { Day, LotteryDate } from '../domain/lottery-date';
import { Calendar } from './calendar';
import { Lotteries } from './lotteries';

export interface LotterySubmission {
  readonly day: Day;
  readonly userId: string;
  /** 1 to 255 characters. */
  readonly idempotencyKey: string | null;
}

export interface LotteryReceipt extends Receipt {
  readonly date: LotteryDate;
}

/** A player submits a ballot to the lottery of a day. */
@Injectable()
export class SubmitToLottery {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly intake: BallotIntake,
    private readonly ballots: Ballots,
    private readonly calendar: Calendar,
  ) {}

  /** @throws LotteryNotFound and what `BallotIntake.submit` throws */
  async execute(submission: LotterySubmission): Promise<LotteryReceipt> {
    const { day, userId, idempotencyKey } = submission;
    const date = this.calendar.dateOf(day);
    const drawId = await this.lotteries.drawIdOf(date);
    try {
      return { date, ...(await this.intake.submit({ drawId, userId, idempotencyKey })) };
    } catch (error) {
      if (day !== 'today') throw error;
      if (error instanceof BallotsClosed) return this.submitAfterMidnight(date, submission, error);
      if (error instanceof IdempotencyKeyReused) return this.receiptOfYesterday(date, error);
      throw error;
    }
  }

  /** The day may have changed on the submission's way to the log: then the ballot belongs to the new day. */
  private async submitAfterMidnight(
    date: LotteryDate,
    submission: LotterySubmission,
    refusal: BallotsClosed,
  ): Promise<LotteryReceipt> {
    const today = await this.calendar.today();
    if (!date.isBefore(today)) throw refusal;
    return this.execute({ ...submission, day: today });
  }

  /** A retry after midnight of a submission to `today` before midnight means yesterday's ballot. */
  private async receiptOfYesterday(today: LotteryDate, refusal: IdempotencyKeyReused): Promise<LotteryReceipt> {
    const receipt = await this.ballots.receipt(refusal.ballotId);
    const date = (await this.lotteries.datesOf([receipt.ballot.drawId])).get(receipt.ballot.drawId);
    if (date?.next.toString() !== today.toString()) throw refusal;
    return { date, ...receipt };
  }
}
