import { Injectable } from '@nestjs/common';
import { Ballots } from '../../ballot/ballot.api';
import { Drawing, Drawn } from '../../draw/draw.api';
import { Outbox } from '../../shared/application/outbox';
import { invariant } from '../../shared/domain/invariant';
import type { Lottery } from '../domain/lottery';
import { LOTTERY_DRAWN, LotteryDrawn } from '../lottery.events';
import { Lotteries } from './lotteries';

/** Draws the winner of a sealed lottery. */
@Injectable()
export class DrawLottery {
  constructor(
    private readonly lotteries: Lotteries,
    private readonly drawing: Drawing,
    private readonly ballots: Ballots,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Whether its randomness is there; asks for it once. Do not call it within a unit of work: it may wait for the
   * network.
   */
  async prepare({ drawId }: Lottery): Promise<boolean> {
    return (await this.drawing.prepare([drawId])).length > 0;
  }

  /** Runs in the caller's unit of work, for a sealed and prepared lottery under its lock. */
  async execute(lottery: Lottery): Promise<Lottery> {
    const [drawn] = await this.drawing.draw([lottery.drawId]);
    const moved = lottery.moveTo('drawn');
    await this.lotteries.storeState(moved);
    await this.announce(moved, drawn);
    return moved;
  }

  private async announce({ date, drawId }: Lottery, drawn: Drawn | undefined): Promise<void> {
    const index = drawn?.winnerIndexes[0];
    invariant(drawn && index !== undefined, `the lottery of ${date.toString()} has a winner`);
    const [ballot] = await this.ballots.at([{ drawId, index }]);
    invariant(ballot, 'the winning ballot is in the log');
    const winner = { ballotId: ballot.id, userId: ballot.userId, index };
    const payload = { date: date.toString(), drawId, state: 'drawn', winner } satisfies LotteryDrawn;
    await this.outbox.add([{ type: LOTTERY_DRAWN, aggregateId: drawId, payload, occurredAt: drawn.drawnAt }]);
  }
}
