import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../shared/application/page';
import { AdminOnly, CurrentUser, InternalOnly, Public, SignedInUser } from '../../shared/infrastructure/access';
import { ApiProblem } from '../../shared/infrastructure/api-problem';
import { ApiPage } from '../../shared/infrastructure/page.view';
import { CloseLottery } from '../application/close-lottery';
import { OpenLottery } from '../application/open-lottery';
import { ReadLotteries } from '../application/read-lotteries';
import { LotteryDate } from '../domain/lottery-date';
import { DayPipe } from './day.pipe';
import { CloseQuery, LotteryPageQuery, OpenLotteryBody, WinnerQuery } from './lotteries.requests';
import { LotterySummaryView, LotteryView, WinnerView } from './lotteries.views';

@ApiTags('lotteries')
@Controller('lotteries')
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
  @ApiProblem(400, 'request.invalid')
  async list(@Query() query: LotteryPageQuery): Promise<Page<LotterySummaryView>> {
    const { items, nextCursor } = await this.lotteries.page(query.state, query);
    return { items: items.map((summary) => new LotterySummaryView(summary)), nextCursor };
  }

  @Post()
  @AdminOnly()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Open the lottery of a future day' })
  @ApiCreatedResponse({ type: LotteryView })
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(401, 'auth.token-missing', 'auth.token-invalid')
  @ApiProblem(403, 'access.forbidden')
  @ApiProblem(409, 'lottery.exists')
  @ApiProblem(422, 'lottery.day-past')
  async open(@Body() body: OpenLotteryBody, @CurrentUser() admin: SignedInUser): Promise<LotteryView> {
    const date = LotteryDate.parse(body.date);
    await this.openLottery.execute(date, admin.id);
    return new LotteryView(await this.lotteries.find(date));
  }

  @Get('winner')
  @Public()
  @ApiOperation({ summary: 'The winning ballot of a day' })
  @ApiOkResponse({ type: WinnerView })
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(404, 'lottery.not-found', 'lottery.not-drawn', 'lottery.void')
  winnerByQuery(@Query() query: WinnerQuery): Promise<WinnerView> {
    return this.winner(LotteryDate.parse(query.date));
  }

  @Post('close')
  @HttpCode(200)
  @InternalOnly()
  @ApiSecurity('internal-token')
  @ApiOperation({ summary: 'Close a lottery by hand; closed already: the stored result' })
  @ApiOkResponse({ type: LotteryView })
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(401, 'access.internal-token-missing')
  @ApiProblem(403, 'access.internal-token-wrong')
  @ApiProblem(404, 'lottery.not-found')
  @ApiProblem(409, 'lottery.not-over')
  async close(@Query() { date: day, early }: CloseQuery): Promise<LotteryView> {
    const date = LotteryDate.parse(day);
    await this.closeLottery.execute({ date, by: 'operator', early });
    return new LotteryView(await this.lotteries.find(date));
  }

  @Get(':date')
  @Public()
  @ApiOperation({ summary: 'The lottery of a day, or of today' })
  @ApiOkResponse({ type: LotteryView })
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(404, 'lottery.not-found')
  async find(@Param('date', DayPipe) day: LotteryDate | 'today'): Promise<LotteryView> {
    return new LotteryView(await this.lotteries.find(day));
  }

  @Get(':date/winner')
  @Public()
  @ApiOperation({ summary: 'The winning ballot of a day' })
  @ApiOkResponse({ type: WinnerView })
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(404, 'lottery.not-found', 'lottery.not-drawn', 'lottery.void')
  async winner(@Param('date', DayPipe) day: LotteryDate | 'today'): Promise<WinnerView> {
    const { date, winner } = await this.lotteries.winner(day);
    return new WinnerView(winner, date);
  }
}
