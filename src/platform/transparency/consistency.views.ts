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

/** A proof that the tree of one size is the beginning of the tree of the other. */
export class ConsistencyProofView {
  @ApiProperty({ type: 'integer' })
  readonly from: number;

  @ApiProperty({ type: 'integer' })
  readonly to: number;

  @ApiProperty({ type: [String], description: 'Hashes in hex (RFC 9162 section 2.1.4)' })
  readonly proof: readonly string[];

  constructor({ from, to }: ConsistencyQuery, hashes: readonly Buffer[]) {
    this.from = from;
    this.to = to;
    this.proof = hashes.map((hash) => hash.toString('hex'));
  }
}
