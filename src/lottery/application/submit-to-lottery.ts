import { Injectable } from '@nestjs/common';
import {
  BallotIntake,
  Ballots,
  BallotsClosed,
  IdempotencyKeyReused,
  placesFrom,
  Receipts,
} from '../../ballot/ballot.api';
import type { Day, LotteryDate } from '../domain/lottery-date';
import { Calendar } from './calendar';
import { Lotteries } from './lotteries';

export interface LotterySubmission {
  readonly day: Day;
  readonly userId: string;
  /** 1 to 255 characters. */
  readonly idempotencyKey: string | null;
  /** How many ballots, 1 to `MAX_BALLOTS_AT_ONCE`. */
  readonly count: number;
}

export interface LotteryReceipts extends Receipts {
  readonly date: LotteryDate;
}

/** A player submits ballots to the lottery of a day. */
@Injectable()
export class SubmitToLottery {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly intake: BallotIntake,
    private readonly ballots: Ballots,
    private readonly calendar: Calendar,
  ) {}

  /** @throws LotteryNotFound and what `BallotIntake.submit` throws */
  async execute(submission: LotterySubmission): Promise<LotteryReceipts> {
    const { day, userId, idempotencyKey, count } = submission;
    const date = this.calendar.dateOf(day);
    const drawId = await this.lotteries.drawIdOf(date);
    try {
      return { date, ...(await this.intake.submit({ drawId, userId, idempotencyKey, count })) };
    } catch (error) {
      if (day !== 'today') throw error;
      if (error instanceof BallotsClosed) return this.submitAfterMidnight(date, submission, error);
      if (error instanceof IdempotencyKeyReused) return this.receiptsOfYesterday(date, submission, error);
      throw error;
    }
  }

  /** The day may have changed on the submission's way to the log: then the ballots belong to the new day. */
  private async submitAfterMidnight(
    date: LotteryDate,
    submission: LotterySubmission,
    refusal: BallotsClosed,
  ): Promise<LotteryReceipts> {
    const today = await this.calendar.today();
    if (!date.isBefore(today)) throw refusal;
    return this.execute({ ...submission, day: today });
  }

  /** A retry after midnight of a submission to `today` before midnight means yesterday's ballots. */
  private async receiptsOfYesterday(
    today: LotteryDate,
    { count }: LotterySubmission,
    refusal: IdempotencyKeyReused,
  ): Promise<LotteryReceipts> {
    if (refusal.count !== count) throw refusal;
    const { ballot, ...receipt } = await this.ballots.receipt(refusal.ballotId);
    const date = (await this.lotteries.datesOf([ballot.drawId])).get(ballot.drawId);
    if (date?.next.toString() !== today.toString()) throw refusal;
    return { date, ...receipt, ballots: await this.ballots.at(placesFrom(ballot, count)) };
  }
}
