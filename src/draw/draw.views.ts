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

/** How much a stranger can know about a draw. */
export class AssuranceView {
  @ApiProperty({ enum: ['A', 'B', 'C'] })
  readonly level!: 'A' | 'B' | 'C';

  @ApiProperty()
  readonly sentence!: string;
}

class BundledBeaconView {
  @ApiProperty({ pattern: '^[0-9a-f]{64}$' })
  readonly chainHash!: string;

  @ApiProperty({ pattern: '^[0-9a-f]{192}$' })
  readonly publicKey!: string;

  @ApiProperty({ type: 'integer', description: 'Seconds since the epoch' })
  readonly genesis!: number;

  @ApiProperty({ type: 'integer', description: 'Seconds' })
  readonly period!: number;

  @ApiProperty()
  readonly scheme!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly round!: number;

  @ApiProperty({ pattern: '^[0-9a-f]{96}$' })
  readonly signature!: string;
}

class BundledCandidateView {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Number of the block that named it' })
  readonly j!: number;

  @ApiProperty({ description: "The ballot's leaf" })
  readonly line!: string;

  @ApiProperty({ type: [String], description: 'Inclusion proof in the sealed tree, hashes in hex' })
  readonly proof!: readonly string[];
}

/** The file that verifiers read (docs/draw-protocol.md section 10). */
export class BundleView {
  @ApiProperty({ enum: ['lottery-bundle/v1'] })
  readonly format!: 'lottery-bundle/v1';

  @ApiProperty()
  readonly verifierKey!: string;

  @ApiProperty({ description: 'Signed note' })
  readonly open!: string;

  @ApiProperty({ description: 'Signed note' })
  readonly seal!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Signed note; null where void or not drawn yet' })
  readonly draw!: string | null;

  @ApiProperty({ description: 'Signed checkpoint of the sealed tree' })
  readonly checkpoint!: string;

  @ApiProperty({ description: 'Pseudonyms that cannot win, a line each' })
  readonly exclusions!: string;

  @ApiProperty({ type: BundledBeaconView, nullable: true })
  readonly beacon!: BundledBeaconView | null;

  @ApiProperty({ type: [BundledCandidateView] })
  readonly candidates!: readonly BundledCandidateView[];
}
