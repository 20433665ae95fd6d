import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { UuidPageQuery } from '../../platform/http/page.requests';
import { MAX_STAKE_MINOR, WHOLE_BP } from '../domain/money';
import { POOL_STATES, PoolState } from '../domain/pool';
import { DEFAULT_PAYOUT_SHARE_BP, DEFAULT_POOL_SIZE, MAX_POOL_SIZE, MIN_POOL_SIZE } from '../domain/pool-rules';
import { STAKE_CREATED } from '../domain/stake-message';

export class PoolPageQuery extends UuidPageQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @IsOptional()
  @IsUUID('loose')
  readonly gameId: string | null = null;

  @ApiPropertyOptional({ enum: POOL_STATES })
  @IsOptional()
  @IsIn(POOL_STATES)
  readonly state: PoolState | null = null;
}

export class PoolRulesBody {
  @ApiProperty({ type: 'integer', minimum: MIN_POOL_SIZE, maximum: MAX_POOL_SIZE, default: DEFAULT_POOL_SIZE })
  @IsInt()
  @Min(MIN_POOL_SIZE)
  @Max(MAX_POOL_SIZE)
  readonly size!: number;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: WHOLE_BP,
    default: DEFAULT_PAYOUT_SHARE_BP,
    description: 'Basis points of the pot that the winner gets; the rest stays with the house',
  })
  @IsInt()
  @Min(0)
  @Max(WHOLE_BP)
  readonly payoutShare!: number;
}

class StakeMessageHead {
  @ApiProperty({ enum: [STAKE_CREATED] })
  readonly eventType!: string;
}

class StakedGame {
  @ApiProperty({ format: 'uuid' })
  readonly playerId!: string;

  @ApiProperty({ format: 'uuid' })
  readonly gameId!: string;

  @ApiProperty({
    example: '1234',
    description: 'A whole number of minor units, as decimal text or number; at most 10^14',
    oneOf: [
      { type: 'string', pattern: '^(?:[1-9][0-9]{0,13}|100000000000000)$' },
      { type: 'integer', minimum: 1, maximum: Number(MAX_STAKE_MINOR) },
    ],
  })
  readonly stake!: string;
}

/** The value that game services publish on Kafka. Further fields are ignored. */
export class StakeMessage {
  @ApiProperty({ type: StakeMessageHead })
  readonly message!: StakeMessageHead;

  @ApiProperty({ type: StakedGame })
  readonly game!: StakedGame;
}
