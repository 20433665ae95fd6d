import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../shared/application/page';
import { AdminOnly, CurrentUser, Public } from '../../platform/http/access';
import type { SignedInUser } from '../../platform/http/access-tokens';
import { UuidPageQuery } from '../../platform/http/page.requests';
import { ApiPage } from '../../platform/http/page.views';
import { UuidParam } from '../../platform/http/uuid.pipe';
import { ChangePoolRules } from '../application/change-pool-rules';
import { PoolRules } from '../domain/pool-rules';
import { PoolRulesBody } from './pools.requests';
import { PoolRulesView } from './pools.views';

@ApiTags('pools')
@Controller('pools/rules')
export class PoolRulesController {
  constructor(private readonly rules: ChangePoolRules) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'The rules of the games that have some or had stakes; any other starts with the defaults' })
  @ApiPage(PoolRulesView)
  async list(@Query() page: UuidPageQuery): Promise<Page<PoolRulesView>> {
    const { items, nextCursor } = await this.rules.page(page);
    return { items: items.map((rules) => new PoolRulesView(rules)), nextCursor };
  }

  @Put(':gameId')
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
