import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../shared/infrastructure/page.query';
import { LOTTERY_STATES, LotteryState } from '../domain/lottery';
import { IsLotteryDate } from './is-lottery-date';

export class LotteryPageQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'date', description: 'nextCursor of the page before' })
  @IsOptional()
  @IsLotteryDate()
  readonly cursor: string | null = null;

  @ApiPropertyOptional({ enum: LOTTERY_STATES })
  @IsOptional()
  @IsIn(LOTTERY_STATES)
  readonly state: LotteryState | null = null;
}

export class OpenLotteryBody {
  @ApiProperty({ format: 'date', example: '2026-12-24' })
  @IsLotteryDate()
  readonly date!: string;
}

export class WinnerQuery {
  @ApiProperty({ format: 'date' })
  @IsLotteryDate()
  readonly date!: string;
}

export class CloseQuery extends WinnerQuery {
  @ApiPropertyOptional({ type: 'boolean', default: false, description: 'Close it although its day is not over' })
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  readonly early: boolean = false;
}
