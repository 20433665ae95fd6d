import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Min } from 'class-validator';
import { MAX_WHOLE, WholeNumber } from '../../platform/http/whole-number';

export class TreeSizeQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_WHOLE, description: 'Number of leaves of the tree' })
  @WholeNumber()
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly size: number | null = null;
}
