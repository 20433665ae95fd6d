import { ApiProperty } from '@nestjs/swagger';
import { formatInstant } from '../../shared/domain/instant';
import type { Ballot } from '../ballot.api';

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
