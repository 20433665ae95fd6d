import { textOfUtf8 } from './bytes.mjs';
import { HASH, isCount } from './fields.mjs';
import { demand, Refusal } from './refusal.mjs';

/**
 * @typedef {{ j: number, line: string, proof: string[] }} BundleCandidate proof: 64 hex digits each, bottom first
 * @typedef {{ chainHash: string, publicKey: string, genesis: number, period: number, scheme: string, round: number,
 *   signature: string }} BundleBeacon hex in lower case; genesis and period in seconds
 * @typedef {{ format: string, verifierKey: string, open: string, seal: string, draw: string | null, checkpoint: string,
 *   exclusions: string, beacon: BundleBeacon | null, candidates: BundleCandidate[] }} Bundle
 */

const isString = (value) => typeof value === 'string';
const isHex = (value) => isString(value) && /^(?:[0-9a-f]{2})+$/.test(value);
const WHOLE_HASH = new RegExp(`^${HASH}$`);
const isHash = (value) => isString(value) && WHOLE_HASH.test(value);

const BUNDLE = {
  format: (value) => value === 'lottery-bundle/v1' || value === 'lottery-bundle/v2',
  verifierKey: isString,
  open: isString,
  seal: isString,
  draw: (value) => value === null || isString(value),
  checkpoint: isString,
  exclusions: isString,
  beacon: (value) => value === null || isRecord(value),
  candidates: Array.isArray,
};
const BEACON = {
  chainHash: isHash,
  publicKey: isHex,
  genesis: isCount,
  period: isCount,
  scheme: isString,
  round: isCount,
  signature: isHex,
};
const CANDIDATE = {
  j: isCount,
  line: isString,
  proof: (value) => Array.isArray(value) && value.every(isHash),
};

/**
 * Reads `bundle.json` (docs/draw-protocol.md section 10): its members and their types, nothing about their truth.
 *
 * @param {string | Uint8Array} source
 * @returns {Bundle}
 * @throws {Refusal}
 */
export function parseBundle(source) {
  const text = jsonText(source);
  const bundle = parseJson(text);
  demand(isRecord(bundle), 'it is not a JSON object');
  demand(!hasOtherNumbers(text), 'it has a number that is not written as a whole number of at most 15 digits');
  checkMembers(bundle, BUNDLE, 'the bundle');
  if (bundle.beacon) checkMembers(bundle.beacon, BEACON, 'the beacon');
  for (const [i, candidate] of bundle.candidates.entries()) {
    demand(isRecord(candidate), `candidate ${i + 1} is not an object`);
    checkMembers(candidate, CANDIDATE, `candidate ${i + 1}`);
  }
  demand(bundle.draw !== null || bundle.candidates.length === 0, 'it has candidates but no draw note');
  return bundle;
}

/** @param {string | Uint8Array} source @returns {string} @throws {Refusal} where bytes are not UTF-8 */
export function jsonText(source) {
  const text = typeof source === 'string' ? source : textOfUtf8(source);
  if (text === null) throw new Refusal('it is not UTF-8');
  return text;
}

/** @param {string} text @returns {unknown} @throws {Refusal} */
export function parseJson(text) {
  const value = readJson(text);
  demand(!namesTwice(text), 'it names a member twice');
  return value;
}

function readJson(text) {
  try {
    return JSON.parse(text, (_, value) => (typeof value === 'string' ? wellFormed(value) : value));
  } catch {
    throw new Refusal('it is not JSON');
  }
}

/**
 * Whether some object of valid JSON has two members of one name: JSON.parse takes the last, other readers the first.
 * No regular expression matches strings here: its stack would be as deep as they are long.
 */
function namesTwice(json) {
  /** @type {Set<string>[]} */
  const open = [];
  for (let at = 0; at < json.length; at++) {
    if (json[at] === '{') open.push(new Set());
    else if (json[at] === '}') open.pop();
    else if (json[at] === '"') {
      const end = endOfString(json, at);
      if (isName(json, end)) {
        const names = /** @type {Set<string>} */ (open.at(-1));
        const known = JSON.parse(json.slice(at, end + 1));
        if (names.has(known)) return true;
        names.add(known);
      }
      at = end;
    }
  }
  return false;
}

/** Whether the string of valid JSON that ends here is the name of a member. */
function isName(json, end) {
  let next = end + 1;
  while (next < json.length && ' \t\n\r'.includes(json[next])) next++;
  return json[next] === ':';
}

/** Half of a surrogate pair has no bytes that could have been signed. */
function wellFormed(text) {
  demand(text.isWellFormed(), 'half a character');
  return text;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} a JSON object, no array */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkMembers(record, members, what) {
  for (const [name, fits] of Object.entries(members)) {
    demand(Object.hasOwn(record, name), `${what} lacks ${name}`);
    demand(fits(record[name]), `${name} of ${what} is malformed`);
  }
  for (const name of Object.keys(record)) demand(Object.hasOwn(members, name), `${what} has an unknown member`);
}

/** Whether some number of valid JSON is written like 1.0, 1e0 or -0: JSON.parse alone would take them for 1, 1 and 0. */
function hasOtherNumbers(json) {
  for (let from = 0; from < json.length;) {
    const quote = json.indexOf('"', from);
    if (/[0-9][.eE]|-|[0-9]{16}/.test(json.slice(from, quote < 0 ? json.length : quote))) return true;
    if (quote < 0) return false;
    from = endOfString(json, quote) + 1;
  }
  return false;
}

function endOfString(json, quote) {
  for (let end = json.indexOf('"', quote + 1); ; end = json.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (json[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}
