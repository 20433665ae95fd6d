import { Refusal } from './refusal.mjs';
import { ASSURANCE, LEFT_UNCHECKED, RANKS_NEED_LIST, STEPS, UNDRAWN } from './texts.mjs';

/**
 * @typedef {'A' | 'B' | 'C'} AssuranceLevel docs/draw-protocol.md section 8
 * @typedef {{ step: string, status: 'checked' | 'failed' | 'not-checked', text: string, reason?: string }} Check
 *   reason: of a failed one
 * @typedef {{ valid: boolean, assurance: AssuranceLevel | null, winners: import('./candidates.mjs').Winner[],
 *   void: boolean, undrawn: boolean, checks: Check[] }} Report valid: all holds, and it is drawn or void; undrawn: all
 *   holds, but it is not drawn yet, or it cannot be said whether it is void
 */

/** What nobody can find out from files. */
const ALWAYS_UNCHECKED = ['published', 'refused'];

const LABELS = { checked: 'CHECKED', failed: 'FAILED', 'not-checked': 'NOT CHECKED' };

/** Ends the verification: the check that failed is on the list. */
export class Failed extends Error {}

/** What has been looked at so far, in order. */
export class CheckList {
  /** @type {Check[]} */
  checks = [];

  /**
   * @template T
   * @param {string} step one of STEPS
   * @param {() => T | Promise<T>} look
   * @param {string} [text] what the step says of itself
   * @returns {Promise<T>}
   * @throws {Failed} where it is refused; anything else that `look` throws
   */
  async check(step, look, text = STEPS[step]) {
    try {
      const found = await look();
      this.checked(step, text);
      return found;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.checks.push({ step, status: 'failed', text, reason: error.message });
      throw new Failed(error.message);
    }
  }

  /** @param {string} step @param {string} text */
  checked(step, text) {
    this.checks.push({ step, status: 'checked', text });
  }

  /** @param {string} step @param {string} text */
  notChecked(step, text) {
    this.checks.push({ step, status: 'not-checked', text });
  }

  /**
   * Says last what no check can know, or what was not given.
   *
   * @param {AssuranceLevel} assurance @param {Report['winners']} winners @param {'drawn' | 'void' | 'undrawn'} state
   * @param {string[]} missing steps whose evidence was not given, and what was ignored
   * @returns {Report}
   */
  success(assurance, winners, state, missing) {
    for (const [step, text] of Object.entries(LEFT_UNCHECKED)) {
      if (ALWAYS_UNCHECKED.includes(step) || missing.includes(step)) this.notChecked(step, text);
    }
    const [isVoid, undrawn] = [state === 'void', state === 'undrawn'];
    return { valid: !undrawn, assurance, winners, void: isVoid, undrawn, checks: this.checks };
  }

  /** @returns {Report} */
  failure() {
    return { valid: false, assurance: null, winners: [], void: false, undrawn: false, checks: this.checks };
  }
}

/** The report in words. @param {Report} report @returns {string[]} lines */
export function reportLines({ assurance, winners, void: isVoid, undrawn, checks }) {
  const lines = checks.map(
    ({ status, text, reason }) => `${LABELS[status]} ${text}${reason === undefined ? '' : `: ${reason}`}`,
  );
  if (!assurance) return [...lines, 'The draw does NOT verify.'];
  const hasRanks = checks.some(({ step }) => step === 'ranks');
  const sentence = hasRanks ? ASSURANCE[assurance].slice(0, -1) + RANKS_NEED_LIST : ASSURANCE[assurance];
  lines.push(`Assurance ${assurance}: ${sentence}`);
  for (const [i, { ballotId, player, index }] of winners.entries()) {
    lines.push(`Winner ${i + 1}: ballot ${ballotId}, player ${player}, index ${index}`);
  }
  if (isVoid) lines.push('The draw is void: no ballot could win.');
  if (undrawn) lines.push(undrawnLine(checks));
  return lines;
}

/** In the first version only the whole list tells a void draw from one that is still to come. */
function undrawnLine(checks) {
  const isUnknown = checks.some(({ text }) => text === UNDRAWN.unknown);
  return isUnknown ? 'The draw is void or not drawn yet.' : 'The draw is not drawn yet.';
}
