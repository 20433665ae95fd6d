import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Min } from 'class-validator';
import { PageQuery } from '../../platform/http/page.requests';
import { MAX_WHOLE, WholeNumber } from '../../platform/http/whole-number';
import type { JournalInclusion } from '../application/read-journal';

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

export class JournalEntryView {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Place in the journal, from 0 without gaps' })
  readonly index!: number;

  @ApiProperty({ description: 'The body of a signed open, seal or draw note: the exact bytes of the leaf' })
  readonly statement!: string;
}

export class JournalInclusionView {
  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly index: number;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Number of leaves of the tree' })
  readonly size: number;

  @ApiProperty({ type: [String], description: 'Hashes in hex, bottom first (RFC 9162 section 2.1.3)' })
  readonly proof: readonly string[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Signed checkpoint of this size, null where none was made',
  })
  readonly checkpoint: string | null;

  constructor({ index, size, hashes, checkpoint }: JournalInclusion) {
    this.index = index;
    this.size = size;
    this.proof = hashes.map((hash) => hash.toString('hex'));
    this.checkpoint = checkpoint;
  }
}
