import { Controller, Get, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../shared/infrastructure/access';
import { UuidPipe } from '../../shared/infrastructure/uuid.pipe';
import { Ballots } from '../ballot.api';
import { BallotView } from './ballot.view';

@ApiTags('ballots')
@Controller('ballots')
export class BallotsController {
  constructor(private readonly ballots: Ballots) {}

  @Get(':id')
  @Public()
  @ApiOperation({ summary: 'One ballot: its place in the log and its leaf' })
  @ApiOkResponse({ type: BallotView })
  @ApiNotFoundResponse({ description: 'ballot.not-found' })
  async find(@Param('id', UuidPipe) id: string): Promise<BallotView> {
    return new BallotView(await this.ballots.find(id));
  }
}
