import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { PageQuery } from '../../platform/http/page.requests';
import { MAX_WHOLE, WholeNumber } from '../../platform/http/whole-number';

export class JournalEntriesQuery extends PageQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_WHOLE,
    default: 0,
    description: 'First index, or a nextCursor',
  })
  @WholeNumber()
  @IsInt()
  @Min(0)
  readonly from: number = 0;
}
