import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Ids } from '../../shared/application/ids';
import type { Page } from '../../shared/application/page';
import { AdminOnly, CurrentUser, InternalOnly, Public } from '../../platform/http/access';
import type { SignedInUser } from '../../platform/http/access-tokens';
import { ApiProblem } from '../../platform/problems/api-problem';
import { ReadsArchive } from '../../ballot/ballot.views';
import { ApiIdempotencyKey, IdempotencyKey } from '../../platform/http/idempotency-key';
import { UuidPageQuery } from '../../platform/http/page.requests';
import { ApiPage } from '../../platform/http/page.views';
import { UuidParam } from '../../platform/http/uuid.pipe';
import { ChangePoolRules } from '../application/change-pool-rules';
import { SubmitStake } from '../application/submit-stake';
import { StakeEventUnknown } from '../domain/errors';
import { PoolRules } from '../domain/pool-rules';
import { readStakeMessage } from '../pool.api';
import { PoolRulesBody, StakeMessage } from './pools.requests';
import { EntryReceiptView, PoolRulesView } from './pools.views';

@ApiTags('pools')
@Controller('pools')
@ReadsArchive()
export class StakesController {
  constructor(
    private readonly submitStake: SubmitStake,
    private readonly rules: ChangePoolRules,
    private readonly ids: Ids,
  ) {}

  @Post('stakes')
  @InternalOnly()
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

  @Get('rules')
  @Public()
  @ApiOperation({ summary: 'The rules of the games that have some or had stakes; any other starts with the defaults' })
  @ApiPage(PoolRulesView)
  async list(@Query() page: UuidPageQuery): Promise<Page<PoolRulesView>> {
    const { items, nextCursor } = await this.rules.page(page);
    return { items: items.map((rules) => new PoolRulesView(rules)), nextCursor };
  }

  @Put('rules/:gameId')
  @AdminOnly()
  @ApiOperation({ summary: 'Set the rules of the pools that are opened from now on' })
  @ApiOkResponse({ type: PoolRulesView })
  async change(
    @UuidParam('gameId') gameId: string,
    @Body() { size, payoutShare }: PoolRulesBody,
    @CurrentUser() admin: SignedInUser,
  ): Promise<PoolRulesView> {
    const rules = new PoolRules(gameId, size, payoutShare);
    await this.rules.execute(rules, admin.id);
    return new PoolRulesView(rules);
  }
}
