import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { Public } from '../../shared/infrastructure/access';
import { ApiProblem } from '../../shared/infrastructure/api-problem';
import { WholeNumber } from '../../shared/infrastructure/whole-number';
import { ProveLotteries } from '../application/prove-lotteries';
import type { LotteryDate } from '../domain/lottery-date';
import { DayPipe } from './day.pipe';

class ConsistencyQuery {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'Number of leaves of the earlier tree' })
  @WholeNumber()
  @IsInt()
  @Min(1)
  readonly from!: number;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Number of leaves of the later tree' })
  @WholeNumber()
  @IsInt()
  @Min(1)
  readonly to!: number;
}

class ConsistencyProofView {
  @ApiProperty({ type: 'integer' })
  readonly from!: number;

  @ApiProperty({ type: 'integer' })
  readonly to!: number;

  @ApiProperty({ type: [String], description: 'Hashes in hex (RFC 9162 section 2.1.4)' })
  readonly proof!: readonly string[];
}

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
    @Query() { from, to }: ConsistencyQuery,
  ): Promise<ConsistencyProofView> {
    const hashes = await this.proofs.consistency(day, from, to);
    return { from, to, proof: hashes.map((hash) => hash.toString('hex')) };
  }
}
