import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../shared/infrastructure/access';
import { ApiProblem } from '../../shared/infrastructure/api-problem';
import { BundleView } from '../../shared/infrastructure/bundle.view';
import { sendBallotList, sendBundle } from '../../shared/infrastructure/proof-files';
import { BundleLottery } from '../application/bundle-lottery';
import type { LotteryDate } from '../domain/lottery-date';
import { DayPipe } from './day.pipe';

@ApiTags('proofs')
@Controller('lotteries/:date')
export class LotteryBundleController {
  constructor(private readonly lotteries: BundleLottery) {}

  @Get('bundle')
  @Public()
  @ApiOperation({
    summary: 'All that it takes to check the draw offline, with verifier/verify.mjs or another verifier',
  })
  @ApiOkResponse({ type: BundleView })
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(404, 'lottery.not-found', 'lottery.not-sealed')
  async bundle(
    @Param('date', DayPipe) day: LotteryDate | 'today',
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendBundle(request, reply, await this.lotteries.bundle(day));
  }

  @Get('ballots.txt')
  @Public()
  @ApiOperation({ summary: 'All ballots, a line each: the leaves of the tree, in order' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(404, 'lottery.not-found')
  async list(
    @Param('date', DayPipe) day: LotteryDate | 'today',
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendBallotList(request, reply, await this.lotteries.list(day));
  }
}
