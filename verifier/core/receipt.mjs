import { parseBallotLine } from './ballot-line.mjs';
import { isRecord, jsonText, parseJson } from './bundle.mjs';
import { bytesOfHex, sameBytes, utf8 } from './bytes.mjs';
import { openCheckpoint } from './checkpoint.mjs';
import { HASH, isCount } from './fields.mjs';
import { leafHash, rootOfInclusion } from './merkle.mjs';
import { demand } from './refusal.mjs';

const WHOLE_HASH = new RegExp(`^${HASH}$`);

/**
 * @typedef {import('./hashes.mjs').Sha256} Sha256
 * @typedef {import('./seal-note.mjs').Seal} Seal
 * @typedef {{ line: string, index: number, size: number, root: Uint8Array }} Receipt size, root: of its checkpoint
 * @typedef {{ line: string, size: number, proof: Uint8Array[] }} Proof bottom first
 */

/**
 * Reads the acknowledgement of a ballot (docs/draw-protocol.md section 3).
 *
 * @param {string | Uint8Array} source JSON
 * @param {string} origin of this draw's log
 * @param {number} sealedSize
 * @param {import('./notes.mjs').Notes} notes
 * @returns {Receipt}
 * @throws {Refusal}
 */
export function parseReceipt(source, origin, sealedSize, notes) {
  const receipt = parseJson(jsonText(source));
  demand(isRecord(receipt), 'it is not a JSON object');
  const { line, index, checkpoint } = receipt;
  demand(
    typeof line === 'string' && isCount(index) && typeof checkpoint === 'string',
    'it lacks line, index or checkpoint',
  );
  demand(parseBallotLine(line).index === index, 'its index is not that of its line');
  const { size, root } = openCheckpoint(checkpoint, origin, notes);
  demand(size > index, 'its checkpoint is of a tree without the ballot');
  demand(size <= sealedSize, 'its checkpoint is of a larger tree than the sealed one');
  return { line, index, size, root };
}

/** @param {string | Uint8Array} source what GET /ballots/{id}/proof answers @returns {Proof} @throws {Refusal} */
export function parseProof(source) {
  const view = parseJson(jsonText(source));
  demand(isRecord(view), 'it is not a JSON object');
  const { line, size, proof } = view;
  demand(typeof line === 'string' && isCount(size) && Array.isArray(proof), 'it lacks line, size or proof');
  demand(
    proof.every((hash) => typeof hash === 'string' && WHOLE_HASH.test(hash)),
    'a hash of it is malformed',
  );
  return { line, size, proof: proof.map(bytesOfHex) };
}

/**
 * Whether the ballot of the receipt takes part, by all the evidence there is.
 *
 * @param {Receipt} receipt @param {Seal} seal
 * @param {{ candidateLine: string | null, list: import('./ballot-list.mjs').BallotList | null, proof: Proof | null }} evidence
 * @param {Sha256} sha256
 * @throws {Refusal}
 */
export function checkMyBallot(receipt, seal, { candidateLine, list, proof }, sha256) {
  const isSealedTree = receipt.size === seal.size;
  demand(
    !isSealedTree || sameBytes(receipt.root, seal.root),
    'the checkpoint of your receipt has another root than the seal',
  );
  demand(candidateLine === null || candidateLine === receipt.line, 'another ballot was drawn in its place');
  if (list) {
    demand(
      list.lines.get(receipt.index) === receipt.line,
      `another ballot is in line ${receipt.index + 1} of the list`,
    );
    const isPrefix = list.earlierRoot && sameBytes(list.earlierRoot, receipt.root);
    demand(isPrefix, 'the list does not begin with the ballots of the checkpoint of your receipt');
  }
  if (proof) checkProof(receipt, seal, proof, sha256);
}

function checkProof(receipt, seal, { line, size, proof }, sha256) {
  demand(line === receipt.line, 'the proof is of another ballot');
  demand(size === seal.size, `the proof is of a tree of ${size} ballots, the sealed one has ${seal.size}`);
  const root = rootOfInclusion(sha256, leafHash(sha256, utf8(line)), receipt.index, size, proof);
  demand(sameBytes(root, seal.root), 'the proof does not lead to the sealed root');
}
