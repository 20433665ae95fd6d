import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator';
import { MAX_BALLOTS_AT_ONCE } from '../../ballot/ballot.api';
import { PageQuery } from '../../platform/http/page.requests';
import { LOTTERY_STATES, LotteryState } from '../domain/lottery';
import type { LotteryDate } from '../domain/lottery-date';
import { AsLotteryDate, IsLotteryDate } from './is-lottery-date';

const OWN_CURSOR = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\d{1,15}$/;

export class LotteryPageQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, format: 'date', description: 'nextCursor of the page before' })
  @IsOptional()
  @IsLotteryDate()
  readonly cursor: string | null = null;

  @ApiPropertyOptional({ enum: LOTTERY_STATES })
  @IsOptional()
  @IsIn(LOTTERY_STATES)
  readonly state: LotteryState | null = null;
}

export class OwnBallotsPageQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, pattern: OWN_CURSOR.source, description: 'nextCursor of the page before' })
  @IsOptional()
  @Matches(OWN_CURSOR, {
    message: 'cursor must be the nextCursor of an earlier page',
  })
  readonly cursor: string | null = null;
}

export class SubmitBallotsBody {
  @ApiPropertyOptional({
    type: 'integer',
    format: 'int32',
    minimum: 1,
    maximum: MAX_BALLOTS_AT_ONCE,
    description: 'How many ballots, all or none; the answer is then a list, also of one',
  })
  @ValidateIf(({ count }: SubmitBallotsBody) => count !== undefined)
  @IsInt()
  @Min(1)
  @Max(MAX_BALLOTS_AT_ONCE)
  readonly count?: number;
}

export class OpenLotteryBody {
  @ApiProperty({ type: String, format: 'date', example: '2026-12-24' })
  @AsLotteryDate()
  readonly date!: LotteryDate;
}

export class WinnerQuery {
  @ApiProperty({ type: String, format: 'date' })
  @AsLotteryDate()
  readonly date!: LotteryDate;
}

export class EarlyQuery {
  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: 'Close it although its day is not over; a day that has not begun cannot be closed',
  })
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  readonly early: boolean = false;
}

export class CloseQuery extends EarlyQuery {
  @ApiProperty({ type: String, format: 'date' })
  @AsLotteryDate()
  readonly date!: LotteryDate;
}
