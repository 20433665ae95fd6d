import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../platform/http/access';
import { ApiProblem } from '../../platform/problems/api-problem';
import { ReadsArchive } from '../ballot.views';
import { UuidParam } from '../../platform/http/uuid.pipe';
import { Ballots, LogProofs } from '../ballot.api';
import { TreeSizeQuery } from './ballots.requests';
import { BallotView, InclusionProofView } from './ballots.views';

@ApiTags('ballots')
@Controller('ballots')
@ReadsArchive()
export class BallotsController {
  constructor(
    private readonly ballots: Ballots,
    private readonly proofs: LogProofs,
  ) {}

  @Get(':id')
  @Public()
  @ApiOperation({ summary: 'One ballot: its place in the log and its leaf' })
  @ApiOkResponse({ type: BallotView })
  @ApiProblem(404, 'ballot.not-found')
  async find(@UuidParam('id') id: string): Promise<BallotView> {
    return new BallotView(await this.ballots.find(id));
  }

  @Get(':id/proof')
  @Public()
  @ApiOperation({ summary: 'Proof that the ballot is in the tree of a size, by default the sealed or current one' })
  @ApiOkResponse({ type: InclusionProofView })
  @ApiProblem(400, 'ballot.tree-size-invalid')
  @ApiProblem(404, 'ballot.not-found')
  async prove(@UuidParam('id') id: string, @Query() { size }: TreeSizeQuery): Promise<InclusionProofView> {
    return new InclusionProofView(await this.proofs.inclusion(id, size));
  }
}
