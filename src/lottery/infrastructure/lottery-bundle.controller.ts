import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../shared/infrastructure/access';
import { ApiProblem } from '../../shared/infrastructure/api-problem';
import { isFresh } from '../../shared/infrastructure/caching';
import { BundleLottery } from '../application/bundle-lottery';
import type { LotteryDate } from '../domain/lottery-date';
import { BundleView } from './bundle.view';
import { DayPipe } from './day.pipe';

/** A reader that takes nothing for so long has gone; a slow one takes a little all the time. */
const STALLED_READER_MS = 60_000;

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
    const { bundle, final } = await this.lotteries.bundle(day);
    const text = `${JSON.stringify(bundle, null, 2)}\n`;
    if (isFresh(request, reply, { tag: hash('sha256', text, 'hex'), final })) return;
    await reply.type('application/json; charset=utf-8').send(text);
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
    const { checkpoint, final, lines } = await this.lotteries.list(day);
    if (isFresh(request, reply, { tag: hash('sha256', checkpoint, 'hex'), final })) return;
    reply.raw.setTimeout(STALLED_READER_MS, () => reply.raw.destroy());
    // Fastify answers HEAD by reading what GET would send, to the end.
    const content = request.method === 'HEAD' ? [] : lines;
    await reply.type('text/plain; charset=utf-8').send(Readable.from(content, { objectMode: false }));
  }
}
