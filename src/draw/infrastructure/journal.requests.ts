import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Min } from 'class-validator';
import { PageQuery } from '../../platform/http/page.requests';
import { MAX_WHOLE, WholeNumber } from '../../platform/http/whole-number';

const IsWhole = (least: number) => applyDecorators(WholeNumber(), IsInt(), Min(least));

export class JournalEntriesQuery extends PageQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_WHOLE,
    default: 0,
    description: 'First index, or a nextCursor',
  })
  @IsWhole(0)
  readonly from: number = 0;
}

export class JournalSizeQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_WHOLE, description: 'Number of leaves of the tree' })
  @IsOptional()
  @IsWhole(1)
  readonly size: number | null = null;
}
