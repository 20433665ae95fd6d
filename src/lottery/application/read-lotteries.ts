import { Injectable } from '@nestjs/common';
import { Ballot, Ballots } from '../../ballot/ballot.api';
import { Draw, DrawRecords } from '../../draw/draw.api';
import type { Page, PageRequest } from '../../shared/application/page';
import { invariant } from '../../shared/domain/invariant';
import { Players } from '../../user/user.api';
import { LotteryNotDrawn, LotteryVoid } from '../domain/errors';
import type { Lottery, LotteryState } from '../domain/lottery';
import type { Day, LotteryDate } from '../domain/lottery-date';
import { Calendar } from './calendar';
import { Lotteries } from './lotteries';

export interface LotterySummary {
  readonly lottery: Lottery;
  readonly draw: Draw;
  /** Number of committed ballots. */
  readonly ballots: number;
}

export interface Winner {
  readonly ballot: Ballot;
  /** The public name of the person. */
  readonly name: string;
}

export interface LotteryDetails extends LotterySummary {
  readonly winner: Winner | null;
}

/** Reads what everyone may know of the lotteries. */
@Injectable()
export class ReadLotteries {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly draws: DrawRecords,
    private readonly ballots: Ballots,
    private readonly players: Players,
    private readonly calendar: Calendar,
  ) {}

  async page(state: LotteryState | null, request: PageRequest): Promise<Page<LotterySummary>> {
    const { items, nextCursor } = await this.lotteries.page(state, request);
    return { items: await this.summaries(items), nextCursor };
  }

  /** The date of the day, which for `today` changes at midnight UTC. */
  dateOf(day: Day): LotteryDate {
    return this.calendar.dateOf(day);
  }

  /** @throws LotteryNotFound */
  async find(day: Day): Promise<LotteryDetails> {
    const lottery = await this.lotteries.get(this.calendar.dateOf(day));
    const [summary] = await this.summaries([lottery]);
    invariant(summary, 'each lottery has its summary');
    return { ...summary, winner: await this.winnerOf(summary.draw) };
  }

  /** @throws LotteryNotFound, LotteryNotDrawn, LotteryVoid */
  async winner(day: Day): Promise<{ date: LotteryDate; winner: Winner }> {
    const { lottery, winner } = await this.find(day);
    if (lottery.state === 'void') throw new LotteryVoid(lottery.date);
    if (!winner) throw new LotteryNotDrawn(lottery.date);
    return { date: lottery.date, winner };
  }

  /** In log order. @throws LotteryNotFound */
  async ballotsOf(day: Day, request: PageRequest): Promise<{ date: LotteryDate; ballots: Page<Ballot> }> {
    const date = this.calendar.dateOf(day);
    return { date, ballots: await this.ballots.ofDraw(await this.lotteries.drawIdOf(date), request) };
  }

  /** The lottery opened last first, in each the newest ballot first. */
  async ballotsOfUser(userId: string, request: PageRequest): Promise<Page<{ ballot: Ballot; date: LotteryDate }>> {
    const { items, nextCursor } = await this.ballots.ofUser(userId, request);
    const dates = await this.lotteries.datesOf([...new Set(items.map(({ drawId }) => drawId))]);
    return { items: items.map((ballot) => ({ ballot, date: dates.get(ballot.drawId) as LotteryDate })), nextCursor };
  }

  private async summaries(lotteries: readonly Lottery[]): Promise<LotterySummary[]> {
    const drawIds = lotteries.map(({ drawId }) => drawId);
    const draws = await this.draws.find(drawIds);
    const sizes = await this.ballots.sizes(drawIds);
    return lotteries.map((lottery) => {
      const draw = draws.get(lottery.drawId);
      invariant(draw, `the lottery of ${lottery.date.toString()} has a draw`);
      return { lottery, draw, ballots: sizes.get(lottery.drawId) ?? 0 };
    });
  }

  private async winnerOf({ id, result }: Draw): Promise<Winner | null> {
    const index = result?.winnerIndexes[0];
    if (index === undefined) return null;
    const [ballot] = await this.ballots.at([{ drawId: id, index }]);
    invariant(ballot, 'the winning ballot is in the log');
    return { ballot, name: await this.players.displayName(ballot.userId) };
  }
}
