import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../../shared/application/page';
import { WholeNumber } from './whole-number';

export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE, default: DEFAULT_PAGE_SIZE })
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  readonly limit: number = DEFAULT_PAGE_SIZE;
}

/** A page of items ordered by their UUIDv7. */
export class UuidPageQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'nextCursor of the page before' })
  @IsOptional()
  @IsUUID('loose')
  readonly cursor: string | null = null;
}

/** A page of items ordered by their index in a log. */
export class IndexPageQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, pattern: '^\\d{1,15}$', description: 'nextCursor of the page before' })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'cursor must be the nextCursor of an earlier page' })
  readonly cursor: string | null = null;
}
