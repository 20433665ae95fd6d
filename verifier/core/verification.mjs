import { BallotList } from './ballot-list.mjs';
import { checkBeaconSignature } from './beacon.mjs';
import { parseBundle } from './bundle.mjs';
import { bytesOfHex, concat, hexOf, sameBytes, utf8 } from './bytes.mjs';
import { checkCandidates, checkInclusion } from './candidates.mjs';
import { parseDraw } from './draw-note.mjs';
import { Exclusions } from './exclusions.mjs';
import { parseOpen } from './open-note.mjs';
import { checkMyBallot, parseProof, parseReceipt } from './receipt.mjs';
import { demand, Refusal } from './refusal.mjs';
import { assuranceLevel, checkRound } from './round.mjs';
import { checkCheckpoint, parseSeal } from './seal-note.mjs';
import { openNote } from './signed-note.mjs';
import { NO_BEACON, UNDRAWN } from './texts.mjs';

/**
 * @typedef {import('./verify.mjs').Inputs} Inputs
 * @typedef {object} Means
 * @property {import('./report.mjs').CheckList} checks
 * @property {import('./signed-note.mjs').VerifierKey} key
 * @property {import('./beacon-chain.mjs').Chain[]} pinned
 * @property {import('./hashes.mjs').Sha256} sha256
 */

/**
 * All steps, in order, for what was given.
 *
 * @param {Inputs} inputs
 * @param {Means} means
 * @returns {Promise<import('./report.mjs').Report>}
 * @throws {import('./report.mjs').Failed} at the first check that fails
 */
export async function runSteps(inputs, means) {
  const { checks, key } = means;
  const sealed = await checkSealed(inputs, means);
  const { bundle, open, seal, chain, origin } = sealed;
  const winners = bundle.draw === null ? [] : await checkDrawn(bundle.draw, sealed, means);
  // The list is read once, so the receipt says beforehand what to look for; whether it is good is said in its turn.
  const receipt =
    inputs.receipt === undefined ? null : attempt(() => parseReceipt(inputs.receipt, origin, seal.size, key));
  const list = inputs.ballots ? await checkList(inputs, sealed, receipt?.value ?? null, means) : null;
  const isVoid = bundle.draw === null && sayWhyUndrawn(seal, list, checks);
  const isFound = !receipt || (await checkReceipt(receipt, inputs.proof, sealed, list, means));
  const missing = [...(list ? [] : ['ballots']), ...(isFound ? [] : ['my-ballot'])];
  return checks.success(assuranceLevel(open, seal, chain), winners, isVoid, missing);
}

async function checkSealed(inputs, { checks, key, pinned, sha256 }) {
  const bundle = await checks.check('bundle', () => parseBundle(inputs.bundle));
  await checks.check('key', () => demand(bundle.verifierKey === key.text, 'the bundle names another key'));
  const openBody = await checks.check('open-signature', () => openNote(bundle.open, key));
  const open = await checks.check('open', () => parseOpen(openBody));
  const sealBody = await checks.check('seal-signature', () => openNote(bundle.seal, key));
  const seal = await checks.check('seal', () => parseSeal(sealBody, openBody, open, sha256));
  const origin = `${key.name}/draws/${open.draw}`;
  await checks.check('checkpoint', () => checkCheckpoint(openNote(bundle.checkpoint, key), origin, seal, sha256));
  const exclusions = await checks.check('exclusions', () => new Exclusions(bundle.exclusions, seal, sha256));
  const chain = await checks.check('round', () => checkRound(open, seal, bundle, pinned));
  return { bundle, openBody, open, sealBody, seal, origin, exclusions, chain };
}

async function checkDrawn(note, sealed, { checks, key, sha256 }) {
  const { bundle, open, seal, sealBody, chain } = sealed;
  const drawBody = await checks.check('draw-signature', () => openNote(note, key));
  const draw = await checks.check('draw', () => parseDraw(drawBody, sealBody, seal, sha256));
  await checks.check('commitment', () => {
    const hash = sha256(concat(utf8('lottery-draw/v1/commit\0'), bytesOfHex(draw.secret)));
    demand(hexOf(hash) === open.commitment, 'the secret has another hash');
  });
  if (bundle.beacon) await checks.check('beacon', () => checkBeacon(bundle.beacon, draw));
  else checks.checked('beacon', NO_BEACON);
  const facts = { ...sealed, draw };
  const winners = await checks.check('candidates', () => checkCandidates(facts, bundle.candidates, sha256));
  await checks.check('inclusion', () => checkInclusion(facts, bundle.candidates, sha256));
  const level = assuranceLevel(open, seal, chain);
  await checks.check('assurance', () => demand(draw.assurance === level, `the recorded facts give ${level}`));
  return winners;
}

function checkBeacon({ publicKey, round, signature }, draw) {
  demand(signature === draw.signature, 'the bundle has another signature than the draw note');
  checkBeaconSignature(publicKey, round, signature);
}

async function checkList({ ballots, onProgress }, { bundle, open, seal, exclusions }, receipt, { checks, sha256 }) {
  const lines = new Map(bundle.candidates.map(({ line }) => [Number(line.slice(0, line.indexOf(' '))), line]));
  const wantedLines = new Set(lines.keys());
  if (receipt) wantedLines.add(receipt.index);
  const list = new BallotList({ open, seal, exclusions, wantedLines, earlierSize: receipt?.size ?? null }, sha256);
  await checks.check('ballots', () => list.read(ballots, onProgress));
  await checks.check('root', () => {
    demand(sameBytes(list.root(), seal.root), 'its root is not the sealed one');
    for (const [index, line] of lines) {
      demand(list.lines.get(index) === line, `line ${index + 1} is not that of the candidate`);
    }
    const absent = list.excludedWithoutBallot();
    demand(absent < 0, `the excluded player ${exclusions.at(absent)} has no ballot`);
  });
  return list;
}

/** Says what became of a draw without a draw note. @returns {boolean} whether it is void for certain */
function sayWhyUndrawn(seal, list, checks) {
  const isVoid = seal.size === 0 || (list?.isEveryBallotExcluded() ?? false);
  if (isVoid) checks.checked('void', seal.size === 0 ? UNDRAWN.empty : UNDRAWN.excluded);
  else checks.notChecked('void', list ? UNDRAWN.sealed : UNDRAWN.unknown);
  return isVoid;
}

/** @returns {Promise<boolean>} whether there was anything to find the ballot in */
async function checkReceipt(attempted, proofSource, { bundle, seal }, list, { checks, sha256 }) {
  const receipt = await checks.check('receipt', () => valueOf(attempted));
  const proof = proofSource === undefined ? { value: null } : attempt(() => parseProof(proofSource));
  if (proof.refusal) await checks.check('proof', () => valueOf(proof));
  const candidate = bundle.candidates.find(({ line }) => line.startsWith(`${receipt.index} `));
  const evidence = { candidateLine: candidate?.line ?? null, list, proof: proof.value };
  const look = () => checkMyBallot(receipt, seal, evidence, sha256);
  if (candidate || list || proof.value) {
    await checks.check('my-ballot', look);
    return true;
  }
  const found = attempt(look);
  if (found.refusal) await checks.check('my-ballot', () => valueOf(found));
  return false;
}

function attempt(work) {
  try {
    return { value: work() };
  } catch (refusal) {
    if (refusal instanceof Refusal) return { refusal };
    throw refusal;
  }
}

function valueOf({ value, refusal }) {
  if (refusal) throw refusal;
  return value;
}
