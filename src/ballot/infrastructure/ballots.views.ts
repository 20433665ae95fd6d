import { ApiProperty } from '@nestjs/swagger';
import { formatInstant } from '../../shared/domain/instant';
import type { Ballot, InclusionProof } from '../ballot.api';

/** A ballot as everyone may see it: under the player's pseudonym. */
export class BallotView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ format: 'uuid', description: 'The draw it takes part in' })
  readonly drawId: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Place in the log, from 0 without gaps' })
  readonly index: number;

  @ApiProperty({ pattern: '^[0-9a-f]{32}$', description: "The player's pseudonym in this draw" })
  readonly player: string;

  @ApiProperty({ format: 'date-time' })
  readonly submittedAt: string;

  @ApiProperty({ description: 'The exact leaf of the Merkle tree, without its line feed' })
  readonly line: string;

  constructor(ballot: Ballot) {
    this.id = ballot.id;
    this.drawId = ballot.drawId;
    this.index = ballot.index;
    this.player = ballot.player;
    this.submittedAt = formatInstant(ballot.submittedAt);
    this.line = ballot.line;
  }
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
