import { INSTANT, instant, NUMBER, PLAYER, UUID } from './fields.mjs';
import { Refusal } from './refusal.mjs';

const LINE = new RegExp(`^(${NUMBER}) (${UUID}) (${PLAYER}) (${INSTANT})$`);

/**
 * A leaf line (docs/draw-protocol.md section 3).
 *
 * @param {string} line without its line feed
 * @returns {{ index: number, ballotId: string, player: string }}
 * @throws {Refusal}
 */
export function parseBallotLine(line) {
  const match = LINE.exec(line);
  if (!match) throw new Refusal('the line is no ballot');
  instant(match[4]);
  return { index: Number(match[1]), ballotId: match[2], player: match[3] };
}
