import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
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
