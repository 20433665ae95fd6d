import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Page } from '../../shared/application/page';
import { CurrentUser, Public, SignedInUser } from '../../shared/infrastructure/access';
import { ApiProblem } from '../../shared/infrastructure/api-problem';
import { IndexPageQuery } from '../../shared/infrastructure/page.query';
import { ApiPage } from '../../shared/infrastructure/page.view';
import { ThrottledAsBallot } from '../../shared/infrastructure/throttled-as';
import { ReadLotteries } from '../application/read-lotteries';
import { SubmitToLottery } from '../application/submit-to-lottery';
import type { LotteryDate } from '../domain/lottery-date';
import { DayPipe } from './day.pipe';
import { IdempotencyKey } from '../../shared/infrastructure/idempotency-key';
import { OwnBallotsPageQuery } from './lotteries.requests';
import { LotteryBallotView, ReceiptView } from './lotteries.views';

@ApiTags('ballots')
@Controller()
export class LotteryBallotsController {
  constructor(
    private readonly submission: SubmitToLottery,
    private readonly lotteries: ReadLotteries,
  ) {}

  @Post('lotteries/:date/ballots')
  @ThrottledAsBallot()
  @ApiBearerAuth()
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: '1 to 255 visible ASCII characters' })
  @ApiOperation({ summary: 'Submit a ballot; the answer is its receipt' })
  @ApiCreatedResponse({ type: ReceiptView })
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(401, 'auth.token-missing', 'auth.token-invalid')
  @ApiProblem(403, 'ballot.player-banned', 'ballot.player-unknown')
  @ApiProblem(404, 'lottery.not-found')
  @ApiProblem(409, 'ballot.closed')
  @ApiProblem(422, 'ballot.idempotency-key-reused')
  @ApiProblem(503, 'ballot.queue-full', 'http.unavailable')
  async submit(
    @Param('date', DayPipe) day: LotteryDate | 'today',
    @CurrentUser() user: SignedInUser,
    @IdempotencyKey() idempotencyKey: string | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptView> {
    const receipt = await this.submission.execute({ day, userId: user.id, idempotencyKey });
    if (receipt.replayed) void reply.header('idempotent-replayed', 'true');
    return new ReceiptView(receipt);
  }

  @Get('lotteries/:date/ballots')
  @Public()
  @ApiOperation({ summary: 'The ballots of a day in the order of the log' })
  @ApiPage(LotteryBallotView)
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(404, 'lottery.not-found')
  async list(
    @Param('date', DayPipe) day: LotteryDate | 'today',
    @Query() page: IndexPageQuery,
  ): Promise<Page<LotteryBallotView>> {
    const { date, ballots } = await this.lotteries.ballotsOf(day, page);
    return {
      items: ballots.items.map((ballot) => new LotteryBallotView(ballot, date)),
      nextCursor: ballots.nextCursor,
    };
  }

  @Get('users/me/ballots')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Your own ballots: the lottery opened last first, in each the newest ballot first' })
  @ApiPage(LotteryBallotView)
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(401, 'auth.token-missing', 'auth.token-invalid')
  async listOwn(
    @CurrentUser() user: SignedInUser,
    @Query() page: OwnBallotsPageQuery,
  ): Promise<Page<LotteryBallotView>> {
    const { items, nextCursor } = await this.lotteries.ballotsOfUser(user.id, page);
    return { items: items.map(({ ballot, date }) => new LotteryBallotView(ballot, date)), nextCursor };
  }
}
