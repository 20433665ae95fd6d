import { parseChain, QUICKNET } from './beacon-chain.mjs';
import { slowSha256 } from './hashes.mjs';
import { UnusableInput } from './refusal.mjs';
import { CheckList, Failed } from './report.mjs';
import { Notes } from './notes.mjs';
import { parseVerifierKey } from './signed-note.mjs';
import { runSteps } from './verification.mjs';

export { reportLines } from './report.mjs';
export { UnusableInput };

/**
 * @typedef {import('./report.mjs').Report} Report
 * @typedef {import('./hashes.mjs').Sha256} Sha256
 * @typedef {object} Inputs
 * @property {string | Uint8Array} bundle the content of bundle.json
 * @property {string} key the operator's verifier key, as the person got it: the only one that is believed
 * @property {AsyncIterable<Uint8Array>} [ballots] the content of ballots.txt, cut anywhere
 * @property {string | Uint8Array} [receipt] JSON of the acknowledgement of a ballot
 * @property {string | Uint8Array} [proof] JSON of that ballot's inclusion proof
 * @property {object} [chain] a drand chain that is believed besides quicknet, as drand's /info describes it
 * @property {Sha256} [sha256] a faster one than that in JavaScript
 * @property {(lines: number, total: number) => void} [onProgress] called for every chunk of the list
 */

/**
 * Checks a draw of lottery-draw/v1 or v2 (docs/draw-protocol.md). What fails is in the report: it does not throw for it.
 *
 * @param {Inputs} inputs
 * @returns {Promise<Report>}
 * @throws {UnusableInput} where key or chain are malformed, or there is a proof without a receipt
 * @throws whatever reading `ballots` throws
 */
export async function verify(inputs) {
  const key = parseVerifierKey(inputs.key);
  const pinned = inputs.chain === undefined ? [QUICKNET] : [QUICKNET, parseChain(inputs.chain)];
  if (inputs.proof !== undefined && inputs.receipt === undefined) {
    throw new UnusableInput('a proof needs the receipt that it belongs to');
  }
  const checks = new CheckList();
  try {
    return await runSteps(inputs, { checks, key, notes: new Notes(key), pinned, sha256: inputs.sha256 ?? slowSha256 });
  } catch (error) {
    if (error instanceof Failed) return checks.failure();
    throw error;
  }
}
