import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../shared/infrastructure/access';
import { ApiProblem } from '../../shared/infrastructure/api-problem';
import { ConsistencyProofView, ConsistencyQuery } from '../../shared/infrastructure/consistency.view';
import { ProveLotteries } from '../application/prove-lotteries';
import type { LotteryDate } from '../domain/lottery-date';
import { DayPipe } from './day.pipe';

@ApiTags('proofs')
@Controller('lotteries/:date')
export class LotteryProofsController {
  constructor(private readonly proofs: ProveLotteries) {}

  @Get('checkpoint')
  @Public()
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'The signed checkpoint of the ballot log (C2SP tlog-checkpoint)' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiProblem(400, 'request.invalid')
  @ApiProblem(404, 'lottery.not-found')
  checkpoint(@Param('date', DayPipe) day: LotteryDate | 'today'): Promise<string> {
    return this.proofs.checkpoint(day);
  }

  @Get('consistency')
  @Public()
  @ApiOperation({ summary: 'Proof that the tree of one size is the beginning of the tree of another' })
  @ApiOkResponse({ type: ConsistencyProofView })
  @ApiProblem(400, 'request.invalid', 'ballot.tree-size-invalid')
  @ApiProblem(404, 'lottery.not-found')
  async consistency(
    @Param('date', DayPipe) day: LotteryDate | 'today',
    @Query() sizes: ConsistencyQuery,
  ): Promise<ConsistencyProofView> {
    return new ConsistencyProofView(sizes, await this.proofs.consistency(day, sizes.from, sizes.to));
  }
}
