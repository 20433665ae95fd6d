import { ApiProperty } from '@nestjs/swagger';
import type { LogInclusion } from '../../shared/application/signed-log';

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

  constructor({ index, size, hashes, checkpoint }: LogInclusion) {
    this.index = index;
    this.size = size;
    this.proof = hashes.map((hash) => hash.toString('hex'));
    this.checkpoint = checkpoint;
  }
}
