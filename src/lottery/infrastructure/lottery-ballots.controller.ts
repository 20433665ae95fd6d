import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Page } from '../../shared/application/page';
import { CurrentUser, Public, SignedInRequest, userOf } from '../../platform/http/access';
import type { SignedInUser } from '../../platform/http/access-tokens';
import { Direct } from '../../platform/http/direct';
import { ApiProblem } from '../../platform/problems/api-problem';
import { ReadsArchive } from '../../ballot/ballot.views';
import { IndexPageQuery } from '../../platform/http/page.requests';
import { ApiPage } from '../../platform/http/page.views';
import { ThrottledAs } from '../../platform/http/throttled-as';
import { ReadLotteries } from '../application/read-lotteries';
import { SubmitToLottery } from '../application/submit-to-lottery';
import { Day, dayOf } from '../domain/lottery-date';
import { ApiDay, DayParam } from './day.pipe';
import { ApiIdempotencyKey, idempotencyKeyOf } from '../../platform/http/idempotency-key';
import { OwnBallotsPageQuery } from './lotteries.requests';
import { LotteryBallotView, receiptJson, ReceiptView } from './lotteries.views';

const BALLOTS_ROUTE = 'lotteries/:date/ballots';

type SubmitRequest = SignedInRequest & FastifyRequest<{ Params: { date: string } }>;

@ApiTags('ballots')
@Controller()
export class LotteryBallotsController {
  constructor(
    private readonly submission: SubmitToLottery,
    private readonly lotteries: ReadLotteries,
  ) {}

  @Post(BALLOTS_ROUTE)
  @Direct()
  @ThrottledAs('ballots')
  @ApiBearerAuth()
  @ApiDay()
  @ApiIdempotencyKey('Makes a retry safe: the same key gives the same ballot.')
  @ApiOperation({ summary: 'Submit a ballot; the answer is its receipt' })
  @ApiCreatedResponse({
    type: ReceiptView,
    headers: {
      'Idempotent-Replayed': { description: 'The key had made this ballot already', schema: { enum: ['true'] } },
    },
    links: {
      ballot: { operationId: 'ballotsFind', parameters: { id: '$response.body#/id' } },
      proof: { operationId: 'ballotsProve', parameters: { id: '$response.body#/id' } },
      lottery: { operationId: 'lotteriesFind', parameters: { date: '$response.body#/lotteryDate' } },
      checkpoint: { operationId: 'lotteryProofsCheckpoint', parameters: { date: '$response.body#/lotteryDate' } },
    },
  })
  @ApiProblem(403, 'ballot.player-banned', 'ballot.player-unknown')
  @ApiProblem(404, 'lottery.not-found')
  @ApiProblem(409, 'ballot.closed')
  @ApiProblem(422, 'ballot.idempotency-key-reused')
  @ApiProblem(503, 'ballot.queue-full')
  @ReadsArchive()
  async submit(request: SubmitRequest, reply: FastifyReply): Promise<string> {
    const receipt = await this.submission.execute({
      day: dayOf(request.params.date),
      userId: userOf(request).id,
      idempotencyKey: idempotencyKeyOf(request),
    });
    if (receipt.replayed) void reply.header('idempotent-replayed', 'true');
    void reply.type('application/json; charset=utf-8');
    return receiptJson(receipt);
  }

  @Get(BALLOTS_ROUTE)
  @Public()
  @ApiOperation({ summary: 'The ballots of a day in the order of the log' })
  @ApiPage(LotteryBallotView)
  @ApiProblem(404, 'lottery.not-found')
  @ReadsArchive()
  async list(@DayParam() day: Day, @Query() page: IndexPageQuery): Promise<Page<LotteryBallotView>> {
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
  async listOwn(
    @CurrentUser() user: SignedInUser,
    @Query() page: OwnBallotsPageQuery,
  ): Promise<Page<LotteryBallotView>> {
    const { items, nextCursor } = await this.lotteries.ballotsOfUser(user.id, page);
    return { items: items.map(({ ballot, date }) => new LotteryBallotView(ballot, date)), nextCursor };
  }
}
