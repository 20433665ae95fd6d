import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Ids } from '../../shared/application/ids';
import { InternalOnly } from '../../platform/http/access';
import { HasOwnPlaces } from '../../platform/http/throttled-as';
import { ApiProblem } from '../../platform/problems/api-problem';
import { ReadsArchive } from '../../ballot/ballot.views';
import { ApiIdempotencyKey, IdempotencyKey } from '../../platform/http/idempotency-key';
import { SubmitStake } from '../application/submit-stake';
import { StakeEventUnknown } from '../domain/errors';
import { readStakeMessage } from '../pool.api';
import { StakeMessage } from './pools.requests';
import { EntryReceiptView } from './pools.views';

@ApiTags('pools')
@Controller('pools')
@ReadsArchive()
export class StakesController {
  constructor(
    private readonly submitStake: SubmitStake,
    private readonly ids: Ids,
  ) {}

  @Post('stakes')
  @InternalOnly()
  @HasOwnPlaces()
  @ApiIdempotencyKey('The id of the message; makes a retry safe.')
  @ApiBody({ type: StakeMessage })
  @ApiOperation({ summary: 'Announce a stake: it becomes an entry of the open pool of its game' })
  @ApiCreatedResponse({
    type: EntryReceiptView,
    links: {
      pool: { operationId: 'poolsFind', parameters: { id: '$response.body#/poolId' } },
      entries: { operationId: 'poolsEntries', parameters: { id: '$response.body#/poolId' } },
      bundle: { operationId: 'poolProofsBundle', parameters: { id: '$response.body#/poolId' } },
      checkpoint: { operationId: 'poolProofsCheckpoint', parameters: { id: '$response.body#/poolId' } },
      proof: { operationId: 'ballotsProve', parameters: { id: '$response.body#/id' } },
    },
  })
  @ApiProblem(422, 'pool.event-type-unknown', 'pool.idempotency-key-reused')
  @ApiProblem(503, 'clock.in-doubt', 'pool.queue-full')
  async submit(@Body() body: object, @IdempotencyKey() key: string | null): Promise<EntryReceiptView> {
    const stake = readStakeMessage(body);
    if ('otherType' in stake) throw new StakeEventUnknown();
    return new EntryReceiptView(await this.submitStake.execute({ ...stake, messageId: key ?? this.ids.next() }));
  }
}
