import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../platform/http/access';
import { ApiProblem } from '../../platform/problems/api-problem';
import { ConsistencyQuery, LogSizeQuery } from '../../platform/transparency/consistency.requests';
import { ConsistencyProofView } from '../../platform/transparency/consistency.views';
import { LogIndexParam } from '../../platform/transparency/log-index.pipe';
import { ApiPage } from '../../platform/http/page.views';
import { TextAnswer } from '../../platform/http/text-answer';
import { ReadJournal } from '../application/read-journal';
import { JournalEntriesQuery } from './journal.requests';
import { JournalEntryView, JournalInclusionView } from './journal.views';

@ApiTags('proofs')
@Controller('journal')
export class JournalController {
  constructor(private readonly journal: ReadJournal) {}

  @Get('checkpoint')
  @Public()
  @ApiOperation({ summary: 'The signed checkpoint of the journal (C2SP tlog-checkpoint): keep it, and compare later' })
  @TextAnswer('text/plain')
  checkpoint(): Promise<string> {
    return this.journal.checkpoint();
  }

  @Get('entries')
  @Public()
  @ApiOperation({ summary: 'Every statement ever signed about a draw, oldest first' })
  @ApiPage(JournalEntryView)
  async entries(
    @Query() { from, limit }: JournalEntriesQuery,
  ): Promise<{ items: readonly JournalEntryView[]; nextCursor: string | null }> {
    const { items, next } = await this.journal.entries(from, limit);
    return { items, nextCursor: next === null ? null : String(next) };
  }

  @Get('entries/:index/proof')
  @Public()
  @ApiOperation({ summary: 'Proof that an entry is in the journal of a size, by default the current one' })
  @ApiOkResponse({ type: JournalInclusionView })
  @ApiProblem(400, 'journal.size-invalid')
  async inclusion(
    @LogIndexParam('index') index: number,
    @Query() { size }: LogSizeQuery,
  ): Promise<JournalInclusionView> {
    return new JournalInclusionView(await this.journal.inclusion(index, size));
  }

  @Get('consistency')
  @Public()
  @ApiOperation({ summary: 'Proof that the journal of one size is the beginning of the journal of another' })
  @ApiOkResponse({ type: ConsistencyProofView })
  @ApiProblem(400, 'journal.size-invalid')
  async consistency(@Query() sizes: ConsistencyQuery): Promise<ConsistencyProofView> {
    return new ConsistencyProofView(sizes, await this.journal.consistency(sizes.from, sizes.to));
  }
}
