import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Min } from 'class-validator';
import { MAX_WHOLE, WholeNumber } from '../http/whole-number';

/** Two sizes of one append-only log. */
export class ConsistencyQuery {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_WHOLE, description: 'Number of leaves of the earlier tree' })
  @WholeNumber()
  @IsInt()
  @Min(1)
  readonly from!: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_WHOLE, description: 'Number of leaves of the later tree' })
  @WholeNumber()
  @IsInt()
  @Min(1)
  readonly to!: number;
}

/** The size of the tree that a proof is for. */
export class LogSizeQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_WHOLE, description: 'Number of leaves of the tree' })
  @IsOptional()
  @WholeNumber()
  @IsInt()
  @Min(1)
  readonly size: number | null = null;
}
