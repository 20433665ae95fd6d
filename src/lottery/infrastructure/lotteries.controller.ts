import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../shared/application/page';
import { AdminOnly, CurrentUser, InternalOnly, Public } from '../../platform/http/access';
import type { SignedInUser } from '../../platform/http/access-tokens';
import { ApiProblem } from '../../platform/problems/api-problem';
import { ReadsArchive } from '../../ballot/ballot.views';
import { ApiPage } from '../../platform/http/page.views';
import { CloseLottery } from '../application/close-lottery';
import { OpenLottery } from '../application/open-lottery';
import { ReadLotteries } from '../application/read-lotteries';
import type { Day } from '../domain/lottery-date';
import { DayParam } from './day.pipe';
import { CloseQuery, EarlyQuery, LotteryPageQuery, OpenLotteryBody, WinnerQuery } from './lotteries.requests';
import { LotterySummaryView, LotteryView, WinnerView } from './lotteries.views';

const linkTo = (operationId: string) => ({ operationId, parameters: { date: '$response.body#/date' } });
const LOTTERY_LINKS = {
  lottery: linkTo('lotteriesFind'),
  close: linkTo('lotteriesClose'),
  winner: linkTo('lotteriesWinner'),
  ballots: linkTo('lotteryBallotsList'),
  bundle: linkTo('lotteryProofsBundle'),
};

@ApiTags('lotteries')
@Controller('lotteries')
@ReadsArchive()
export class LotteriesController {
  constructor(
    private readonly lotteries: ReadLotteries,
    private readonly openLottery: OpenLottery,
    private readonly closeLottery: CloseLottery,
  ) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'All lotteries, newest day first' })
  @ApiPage(LotterySummaryView)
  async list(@Query() query: LotteryPageQuery): Promise<Page<LotterySummaryView>> {
    const { items, nextCursor } = await this.lotteries.page(query.state, query);
    return { items: items.map((summary) => new LotterySummaryView(summary)), nextCursor };
  }

  @Post()
  @AdminOnly()
  @ApiOperation({ summary: 'Open the lottery of a future day' })
  @ApiCreatedResponse({ type: LotteryView, links: { submit: linkTo('lotteryBallotsSubmit'), ...LOTTERY_LINKS } })
  @ApiProblem(409, 'lottery.exists')
  @ApiProblem(422, 'lottery.day-past')
  @ApiProblem(503, 'clock.in-doubt')
  async open(@Body() { date }: OpenLotteryBody, @CurrentUser() admin: SignedInUser): Promise<LotteryView> {
    await this.openLottery.execute(date, admin.id);
    return new LotteryView(await this.lotteries.find(date));
  }

  @Get('winner')
  @Public()
  @ApiOperation({ summary: 'The winning ballot of a day' })
  @ApiOkResponse({ type: WinnerView })
  @ApiProblem(404, 'lottery.not-found', 'lottery.not-drawn', 'lottery.void')
  winnerByQuery(@Query() { date }: WinnerQuery): Promise<WinnerView> {
    return this.winner(date);
  }

  @Post('close')
  @HttpCode(200)
  @InternalOnly()
  @ApiOperation({ summary: 'Close a lottery by hand; closed already: the stored result' })
  @ApiOkResponse({ type: LotteryView, links: LOTTERY_LINKS })
  @ApiProblem(404, 'lottery.not-found')
  @ApiProblem(409, 'lottery.not-over', 'lottery.not-begun')
  @ApiProblem(503, 'clock.in-doubt', 'draw.seal-too-slow')
  async close(@Query() { date, early }: CloseQuery): Promise<LotteryView> {
    await this.closeLottery.byHand(date, early);
    return new LotteryView(await this.lotteries.find(date));
  }

  @Post(':date/close')
  @HttpCode(200)
  @AdminOnly()
  @ApiOperation({ summary: 'Close the lottery of a day, or of today (admin); closed already: the stored result' })
  @ApiOkResponse({ type: LotteryView, links: LOTTERY_LINKS })
  @ApiProblem(404, 'lottery.not-found')
  @ApiProblem(409, 'lottery.not-over', 'lottery.not-begun')
  @ApiProblem(503, 'clock.in-doubt', 'draw.seal-too-slow')
  async closeAsAdmin(
    @DayParam() day: Day,
    @Query() { early }: EarlyQuery,
    @CurrentUser() admin: SignedInUser,
  ): Promise<LotteryView> {
    const date = this.lotteries.dateOf(day);
    await this.closeLottery.asAdmin(admin.id, date, early);
    return new LotteryView(await this.lotteries.find(date));
  }

  @Get(':date')
  @Public()
  @ApiOperation({ summary: 'The lottery of a day, or of today' })
  @ApiOkResponse({ type: LotteryView })
  @ApiProblem(404, 'lottery.not-found')
  async find(@DayParam() day: Day): Promise<LotteryView> {
    return new LotteryView(await this.lotteries.find(day));
  }

  @Get(':date/winner')
  @Public()
  @ApiOperation({ summary: 'The winning ballot of a day' })
  @ApiOkResponse({ type: WinnerView })
  @ApiProblem(404, 'lottery.not-found', 'lottery.not-drawn', 'lottery.void')
  async winner(@DayParam() day: Day): Promise<WinnerView> {
    const { date, winner } = await this.lotteries.winner(day);
    return new WinnerView(winner, date);
  }
}
