import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Min } from 'class-validator';
import { MAX_WHOLE, WholeNumber } from '../../platform/http/whole-number';
import type { InclusionProof } from '../ballot.api';
import { BallotView } from './ballots.views';

export class TreeSizeQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_WHOLE, description: 'Number of leaves of the tree' })
  @WholeNumber()
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly size: number | null = null;
}

/** What it takes to recompute the root from the ballot's line. */
export class InclusionProofView extends BallotView {
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

  constructor({ ballot, size, hashes, checkpoint }: InclusionProof) {
    super(ballot);
    this.size = size;
    this.proof = hashes.map((hash) => hash.toString('hex'));
    this.checkpoint = checkpoint;
  }
}
