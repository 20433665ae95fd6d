import { Controller, Get, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOperation,
  ApiTags,
  refs,
} from '@nestjs/swagger';
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
import { PaidOnce } from '../../platform/throttling/paid-once';
import { countFurther } from '../../platform/http/throttle.hook';
import { InputValidationPipe } from '../../platform/http/validation.pipe';
import { Throttle } from '../../platform/throttling/throttle';
import { ReadLotteries } from '../application/read-lotteries';
import { SubmitToLottery } from '../application/submit-to-lottery';
import { Day, dayOf } from '../domain/lottery-date';
import { ApiDay, DayParam } from './day.pipe';
import { ApiIdempotencyKey, idempotencyKeyOf } from '../../platform/http/idempotency-key';
import { TooManyBallots } from '../domain/errors';
import { OwnBallotsPageQuery, SubmitBallotsBody } from './lotteries.requests';
import { LotteryBallotView, receiptJson, receiptsJson, ReceiptsView, ReceiptView } from './lotteries.views';

const BALLOTS_ROUTE = 'lotteries/:date/ballots';

/** The limit of a user's ballots. */
export const BALLOTS_LIMIT = 'ballots';

type SubmitRequest = SignedInRequest & FastifyRequest<{ Params: { date: string } }>;

@ApiTags('ballots')
@Controller()
export class LotteryBallotsController {
  private readonly validation = new InputValidationPipe();

  private readonly paid = new PaidOnce();

  constructor(
    private readonly submission: SubmitToLottery,
    private readonly lotteries: ReadLotteries,
    private readonly throttle: Throttle,
  ) {}

  @Post(BALLOTS_ROUTE)
  @Direct()
  @ThrottledAs(BALLOTS_LIMIT)
  @ApiBearerAuth()
  @ApiDay()
  @ApiIdempotencyKey('Makes a retry safe: the same key gives the same ballots.')
  @ApiOperation({ summary: 'Submit a ballot, or many; the answer is its receipt, or theirs' })
  @ApiBody({ type: SubmitBallotsBody, required: false })
  @ApiExtraModels(ReceiptView, ReceiptsView)
  @ApiCreatedResponse({
    description: 'A list of receipts if a count was given',
    schema: { oneOf: refs(ReceiptView, ReceiptsView) },
    headers: {
      'Idempotent-Replayed': { description: 'The key had made these ballots already', schema: { enum: ['true'] } },
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
  @ApiProblem(409, 'ballot.closed', 'ballot.limit-reached')
  @ApiProblem(422, 'ballot.idempotency-key-reused', 'lottery.too-many-ballots')
  @ApiProblem(503, 'ballot.queue-full')
  @ReadsArchive()
  async submit(request: SubmitRequest, reply: FastifyReply): Promise<string> {
    const day = dayOf(request.params.date);
    const idempotencyKey = idempotencyKeyOf(request);
    const userId = userOf(request).id;
    const wanted = request.body === undefined ? undefined : await this.countOf(request, reply, idempotencyKey);
    const receipts = await this.submission.execute({ day, userId, idempotencyKey, count: wanted ?? 1 });
    if (receipts.replayed) void reply.header('idempotent-replayed', 'true');
    void reply.type('application/json; charset=utf-8');
    return wanted === undefined ? receiptJson(receipts) : receiptsJson(receipts);
  }

  /** How many ballots the body asks for; each counts for the user's limit. Undefined: it does not say. */
  private async countOf(request: SubmitRequest, reply: FastifyReply, key: string | null): Promise<number | undefined> {
    const metadata = { type: 'body', metatype: SubmitBallotsBody } as const;
    const { count } = (await this.validation.transform(request.body, metadata)) as SubmitBallotsBody;
    if (count === undefined || count === 1) return count;
    const quota = this.throttle.quotaOf(BALLOTS_LIMIT);
    if (count > quota) throw new TooManyBallots(quota);
    const userId = userOf(request).id;
    // With a key they are made once, however often they are asked for, so they count once.
    if (key !== null && this.paid.has([userId, key, count])) return count;
    await countFurther(this.throttle, { limit: BALLOTS_LIMIT, userId, points: count - 1 }, reply);
    if (key !== null) this.paid.add([userId, key, count]);
    return count;
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
