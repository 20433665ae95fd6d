import { ApiProperty } from '@nestjs/swagger';

/** The signed statements about a draw (docs/draw-protocol.md). */
export class NotesView {
  @ApiProperty({ description: 'Signed before the first ballot' })
  readonly open!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Signed when the draw closed' })
  readonly seal!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Signed with the result' })
  readonly draw!: string | null;
}

/** How much a stranger can know of a draw. */
export class AssuranceView {
  @ApiProperty({ enum: ['A', 'B', 'C'] })
  readonly level!: 'A' | 'B' | 'C';

  @ApiProperty()
  readonly sentence!: string;
}
