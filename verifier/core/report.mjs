import { Refusal } from './refusal.mjs';
import { ASSURANCE, LEFT_UNCHECKED, STEPS } from './texts.mjs';

/**
 * @typedef {'A' | 'B' | 'C'} AssuranceLevel docs/draw-protocol.md section 8
 * @typedef {{ step: string, status: 'checked' | 'failed' | 'not-checked', text: string, reason?: string }} Check
 *   reason: of a failed one
 * @typedef {{ valid: boolean, assurance: AssuranceLevel | null, winners: import('./candidates.mjs').Winner[],
 *   void: boolean, checks: Check[] }} Report
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
   * @returns {Promise<T>}
   * @throws {Failed} where it is refused; anything else that `look` throws
   */
  async check(step, look) {
    const text = STEPS[step];
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
   * @param {AssuranceLevel} assurance @param {Report['winners']} winners @param {boolean} isVoid
   * @param {string[]} missing steps whose evidence was not given
   * @returns {Report}
   */
  success(assurance, winners, isVoid, missing) {
    for (const [step, text] of Object.entries(LEFT_UNCHECKED)) {
      if (ALWAYS_UNCHECKED.includes(step) || missing.includes(step)) this.notChecked(step, text);
    }
    return { valid: true, assurance, winners, void: isVoid, checks: this.checks };
  }

  /** @returns {Report} */
  failure() {
    return { valid: false, assurance: null, winners: [], void: false, checks: this.checks };
  }
}

/** The report in words. @param {Report} report @returns {string[]} lines */
export function reportLines({ valid, assurance, winners, void: isVoid, checks }) {
  const lines = checks.map(
    ({ status, text, reason }) => `${LABELS[status]} ${text}${reason === undefined ? '' : `: ${reason}`}`,
  );
  if (!valid || !assurance) return [...lines, 'The draw does NOT verify.'];
  lines.push(`Assurance ${assurance}: ${ASSURANCE[assurance]}`);
  for (const [i, { ballotId, player, index }] of winners.entries()) {
    lines.push(`Winner ${i + 1}: ballot ${ballotId}, player ${player}, index ${index}`);
  }
  if (isVoid) lines.push('The draw is void: no ballot could win.');
  if (winners.length === 0 && !isVoid) lines.push(undrawnLine(checks));
  return lines;
}

/** Only the whole list tells a void draw from one that is still to come. */
function undrawnLine(checks) {
  const hasList = checks.some(({ step, status }) => step === 'ballots' && status === 'checked');
  return hasList ? 'The draw is not drawn yet.' : 'The draw is void or not drawn yet.';
}
