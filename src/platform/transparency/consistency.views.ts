import { ApiProperty } from '@nestjs/swagger';
import type { ConsistencyQuery } from './consistency.requests';

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
