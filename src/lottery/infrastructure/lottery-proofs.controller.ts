import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/access';
import { ApiProblem } from '../../platform/problems/api-problem';
import { ReadsArchive } from '../../ballot/ballot.views';
import { bundleFile, BundleView } from '../../draw/draw.views';
import { ApiVersioned } from '../../platform/http/caching';
import { Download } from '../../platform/downloads/downloads';
import { ConsistencyQuery } from '../../platform/transparency/consistency.requests';
import { ConsistencyProofView } from '../../platform/transparency/consistency.views';
import { sendVersionedJson, sendVersionedLines } from '../../platform/downloads/versioned-files';
import { TextAnswer } from '../../platform/http/text-answer';
import { ProveLotteries } from '../application/prove-lotteries';
import type { Day } from '../domain/lottery-date';
import { DayParam } from './day.pipe';

@ApiTags('proofs')
@Controller('lotteries/:date')
@ReadsArchive()
export class LotteryProofsController {
  constructor(private readonly proofs: ProveLotteries) {}

  @Get('bundle')
  @Public()
  @Download()
  @ApiOperation({
    summary: 'All that it takes to check the draw offline, with verifier/verify.mjs or another verifier',
  })
  @ApiVersioned('application/json', BundleView)
  @ApiProblem(404, 'lottery.not-found', 'lottery.not-sealed')
  async bundle(@DayParam() day: Day, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { bundle, final } = await this.proofs.bundle(day);
    await sendVersionedJson(request, reply, bundleFile(bundle), final);
  }

  @Get('ballots.txt')
  @Public()
  @Download()
  @ApiOperation({ summary: 'All ballots, a line each: the leaves of the tree, in order' })
  @ApiVersioned('text/plain')
  @ApiProblem(404, 'lottery.not-found')
  async list(@DayParam() day: Day, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendVersionedLines(request, reply, await this.proofs.list(day));
  }

  @Get('checkpoint')
  @Public()
  @ApiOperation({ summary: 'The signed checkpoint of the ballot log (C2SP tlog-checkpoint)' })
  @TextAnswer('text/plain')
  @ApiProblem(404, 'lottery.not-found')
  checkpoint(@DayParam() day: Day): Promise<string> {
    return this.proofs.checkpoint(day);
  }

  @Get('consistency')
  @Public()
  @ApiOperation({ summary: 'Proof that the tree of one size is the beginning of the tree of another' })
  @ApiOkResponse({ type: ConsistencyProofView })
  @ApiProblem(400, 'ballot.tree-size-invalid')
  @ApiProblem(404, 'lottery.not-found')
  async consistency(@DayParam() day: Day, @Query() sizes: ConsistencyQuery): Promise<ConsistencyProofView> {
    return new ConsistencyProofView(sizes, await this.proofs.consistency(day, sizes.from, sizes.to));
  }
}
