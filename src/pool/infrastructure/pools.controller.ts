import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../shared/application/page';
import { Public } from '../../platform/http/access';
import { ApiProblem } from '../../platform/problems/api-problem';
import { ReadsArchive } from '../../ballot/ballot.views';
import { IndexPageQuery } from '../../platform/http/page.requests';
import { ApiPage } from '../../platform/http/page.views';
import { UuidParam } from '../../platform/http/uuid.pipe';
import { ReadPools } from '../application/read-pools';
import { PoolPageQuery } from './pools.requests';
import { entryPage, PoolEntryView, PoolSummaryView, PoolView } from './pools.views';

@ApiTags('pools')
@Controller('pools')
@ReadsArchive()
export class PoolsController {
  constructor(private readonly pools: ReadPools) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'All stake pools, newest first' })
  @ApiPage(PoolSummaryView)
  async list(@Query() query: PoolPageQuery): Promise<Page<PoolSummaryView>> {
    const gameId = query.gameId?.toLowerCase() ?? null;
    const { items, nextCursor } = await this.pools.page({ gameId, state: query.state }, query);
    return { items: items.map((summary) => new PoolSummaryView(summary)), nextCursor };
  }

  @Get(':id')
  @Public()
  @ApiOperation({ summary: 'A pool with its first entries, its signed notes, its winner and the award' })
  @ApiOkResponse({ type: PoolView })
  @ApiProblem(404, 'pool.not-found')
  async find(@UuidParam('id') id: string): Promise<PoolView> {
    return new PoolView(await this.pools.find(id));
  }

  @Get(':id/entries')
  @Public()
  @ApiOperation({ summary: 'The entries of a pool in the order of the log' })
  @ApiPage(PoolEntryView)
  @ApiProblem(404, 'pool.not-found')
  async entries(@UuidParam('id') id: string, @Query() page: IndexPageQuery): Promise<Page<PoolEntryView>> {
    return entryPage(await this.pools.entriesPage(id, page));
  }
}
