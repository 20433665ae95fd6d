import { hash } from 'node:crypto';
import { playerOf } from '../../src/ballot/domain/ballot';
import vectors from '../vectors/draw-v2.json';

export const { cases: CASES, verifierKey: VERIFIER_KEY } = vectors;
export type VectorV2 = (typeof CASES)[number];

export const DRAW_ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const SUBMITTED_AT = '2023-08-23T00:00:00.000Z';

/** Who has which ballots of a case that gives a rule for them instead of the list; player 0 has all others. */
const OTHERS: readonly (readonly [label: string, size: number, players: Readonly<Record<number, number>>])[] = [
  ['flood', 5_000, { 1_234: 1, 4_321: 1, 2_500: 2 }],
  ['repeated flood', 3_000, { 7: 1, 2_999: 3 }],
];

/** The lines of the ballots, each without its line feed. */
export function linesOf({ label, ballots }: VectorV2): string[] {
  const [, size, players] = OTHERS.find(([name]) => label.startsWith(`${name}:`)) ?? [];
  if (size === undefined || players === undefined) return (ballots ?? '').split('\n').slice(0, -1);
  return Array.from({ length: size }, (_, i) => `${i} ${ballotId(i)} ${player(players[i] ?? 0)} ${SUBMITTED_AT}`);
}

function player(number: number): string {
  return playerOf(hash('sha256', `salt ${number}`, 'buffer'), DRAW_ID);
}

/** The first 16 bytes of the hash as a UUID of version 4; the vectors have one of its four variant digits, 8. */
function ballotId(index: number): string {
  const bytes = hash('sha256', `ballot ${index}`, 'buffer').subarray(0, 16);
  bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x0f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
