import { ApiProperty } from '@nestjs/swagger';
import { assuranceSentence, Bundle, Draw } from './draw.api';

/** Longer draw notes are left to the bundle: ten times what the second version of the protocol can make. */
const MAX_DRAW_NOTE_CHARACTERS = 200_000;

/** The signed statements about a draw (docs/draw-protocol.md). */
export class NotesView {
  @ApiProperty({ description: 'Signed before the first ballot' })
  readonly open!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Signed when the draw closed' })
  readonly seal!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Signed with the result; null before, and if it is too long: then it is in the bundle',
  })
  readonly draw!: string | null;
}

export function notesOf({ opening, seal, result }: Draw): NotesView {
  const draw = result && result.note.length <= MAX_DRAW_NOTE_CHARACTERS ? result.note : null;
  return { open: opening.note, seal: seal?.note ?? null, draw };
}

/** How much a stranger can know about a draw. */
export class AssuranceView {
  @ApiProperty({ enum: ['A', 'B', 'C'] })
  readonly level!: 'A' | 'B' | 'C';

  @ApiProperty()
  readonly sentence!: string;
}

/** Null while it depends on how and when the draw will be sealed. */
export function assuranceOf({ assurance, hasRanks }: Draw): AssuranceView | null {
  return assurance && { level: assurance, sentence: assuranceSentence(assurance, hasRanks) };
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
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Number of the block that named the ballot or its rank' })
  readonly j!: number;

  @ApiProperty({ description: "The ballot's leaf" })
  readonly line!: string;

  @ApiProperty({ type: [String], description: 'Inclusion proof in the sealed tree, hashes in hex' })
  readonly proof!: readonly string[];
}

/** The file that verifiers read (docs/draw-protocol.md section 10). */
export class BundleView {
  @ApiProperty({ enum: ['lottery-bundle/v1', 'lottery-bundle/v2'] })
  readonly format!: 'lottery-bundle/v1' | 'lottery-bundle/v2';

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

/** `bundle.json` in pieces: a line for each member and each candidate. Its version is all that its signatures cover. */
export function bundleFile({ candidates, ...head }: Bundle): { version: string; pieces: AsyncIterable<string> } {
  return { version: JSON.stringify(head), pieces: bundlePieces(head, candidates) };
}

async function* bundlePieces(head: object, candidates: Bundle['candidates']): AsyncIterable<string> {
  // The first candidates are read before anything is sent.
  let [before, end] = [`${JSON.stringify(head, null, 2).slice(0, -'\n}'.length)},\n  "candidates": [`, ']\n}\n'];
  for await (const some of candidates) {
    yield `${before}\n    ${some.map((candidate) => JSON.stringify(candidate)).join(',\n    ')}`;
    [before, end] = [',', '\n  ]\n}\n'];
  }
  yield before === ',' ? end : before + end;
}
