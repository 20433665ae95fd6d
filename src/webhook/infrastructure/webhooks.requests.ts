import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { NotBlank, PlainText } from '../../platform/http/plain-text';

const MAX_TYPES = 50;
const MAX_DESCRIPTION = 200;
const MAX_URL_LENGTH = 2_048;
const DEFAULT_OVERLAP_SECONDS = 24 * 3_600;
const MAX_OVERLAP_SECONDS = 7 * DEFAULT_OVERLAP_SECONDS;
const EVENT_TYPE = /^(\*|[a-z]{1,40}\.[a-z-]{1,40})$/;

export class RegisterWebhookBody {
  @ApiProperty({ description: 'As browsers read it', example: 'https://receiver.example/lottery' })
  @PlainText(1, MAX_URL_LENGTH)
  readonly url!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', pattern: EVENT_TYPE.source },
    minItems: 1,
    maxItems: MAX_TYPES,
    example: ['lottery.drawn'],
    description: 'Types of events, or * for all',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_TYPES)
  @Matches(EVENT_TYPE, { each: true, message: 'types must be types of events, or *' })
  readonly types!: string[];

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @NotBlank()
  @PlainText(1, MAX_DESCRIPTION)
  readonly description?: string | null;
}

export class RotateSecretBody {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_OVERLAP_SECONDS,
    default: DEFAULT_OVERLAP_SECONDS,
    description: 'For so long the old secrets sign, too. 0: they end at once, as if one has leaked',
  })
  @IsInt()
  @Min(0)
  @Max(MAX_OVERLAP_SECONDS)
  readonly overlapSeconds: number = DEFAULT_OVERLAP_SECONDS;
}
