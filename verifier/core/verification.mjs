import { BallotList } from './ballot-list.mjs';
import { checkBeaconSignature } from './beacon.mjs';
import { parseBundle } from './bundle.mjs';
import { bytesOfHex, concat, hexOf, sameBytes, utf8 } from './bytes.mjs';
import { Blocks } from './blocks.mjs';
import { checkCandidates, checkInclusion } from './candidates.mjs';
import { checkSealedTree, openCheckpoint } from './checkpoint.mjs';
import { parseDraw } from './draw-note.mjs';
import { Exclusions } from './exclusions.mjs';
import { parseOpen } from './open-note.mjs';
import { checkRanks, RankCount } from './ranks.mjs';
import { checkMyBallot, parseProof, parseReceipt } from './receipt.mjs';
import { demand, Refusal } from './refusal.mjs';
import { assuranceLevel, checkRound, decidedMs } from './round.mjs';
import { parseSeal } from './seal-note.mjs';
import { NO_BEACON, RANKS_IN_LIST, UNDRAWN } from './texts.mjs';

/**
 * @typedef {import('./verify.mjs').Inputs} Inputs
 * @typedef {object} Means
 * @property {import('./report.mjs').CheckList} checks
 * @property {import('./signed-note.mjs').VerifierKey} key
 * @property {import('./notes.mjs').Notes} notes of that key
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
  const { checks, notes } = means;
  const sealed = await checkSealed(inputs, means);
  const { bundle, open, seal, chain, origin } = sealed;
  const drawn = bundle.draw === null ? NOBODY : await checkDrawn(bundle.draw, sealed, means);
  const { winners, needList } = drawn;
  // The list is read once, so the receipt says beforehand what to look for; whether it is good is said in its turn.
  const receipt =
    inputs.receipt === undefined ? null : attempt(() => parseReceipt(inputs.receipt, origin, seal.size, notes));
  const list = inputs.ballots ? await checkList(inputs, sealed, drawn, receipt?.value ?? null, means) : null;
  const state = bundle.draw === null ? sayWhyUndrawn(seal, list, checks) : 'drawn';
  const isFound = !receipt || (await checkReceipt(receipt, inputs.proof, sealed, list, means));
  const missing = [...(list ? [] : ['ballots', ...needList]), ...(isFound ? [] : ['my-ballot']), ...notes.ignored];
  return checks.success(assuranceLevel(open, seal, chain), winners, state, missing);
}

const NOBODY = { winners: [], ranked: [], needList: [] };

async function checkSealed(inputs, { checks, key, notes, pinned, sha256 }) {
  const bundle = await checks.check('bundle', () => parseBundle(inputs.bundle));
  await checks.check('key', () => demand(bundle.verifierKey === key.text, 'the bundle names another key'));
  const openBody = await checks.check('open-signature', () => notes.open(bundle.open));
  const open = await checks.check('open', () => parseOpenOf(bundle, openBody));
  const sealBody = await checks.check('seal-signature', () => notes.open(bundle.seal));
  const seal = await checks.check('seal', () => parseSeal(sealBody, openBody, open, sha256));
  const origin = `${key.name}/draws/${open.draw}`;
  await checks.check('checkpoint', () =>
    checkSealedTree(openCheckpoint(bundle.checkpoint, origin, notes), seal, sha256),
  );
  const exclusions = await checks.check('exclusions', () => new Exclusions(bundle.exclusions, seal, sha256));
  const chain = await checks.check('round', () => checkRound(open, seal, bundle, pinned));
  return { bundle, openBody, open, sealBody, seal, origin, exclusions, chain };
}

/** The version of the open note is that of the bundle and of all other notes. */
function parseOpenOf({ format }, body) {
  const open = parseOpen(body);
  demand(format === `lottery-bundle/v${open.version}`, 'the bundle is of another version');
  return open;
}

async function checkDrawn(note, sealed, { checks, notes, sha256 }) {
  const { bundle, open, seal, chain } = sealed;
  const drawBody = await checks.check('draw-signature', () => notes.open(note));
  const draw = await checks.check('draw', () => parseDraw(drawBody, sealed, decidedMs(seal, chain), sha256));
  await checks.check('commitment', () => {
    const hash = sha256(concat(utf8(`lottery-draw/v${open.version}/commit\0`), bytesOfHex(draw.secret)));
    demand(hexOf(hash) === open.commitment, 'the secret has another hash');
  });
  if (bundle.beacon) await checks.check('beacon', () => checkBeacon(bundle.beacon, draw));
  else checks.checked('beacon', NO_BEACON);
  const facts = { ...sealed, draw };
  const blocks = new Blocks(facts, sha256);
  const named = await checks.check('candidates', () => checkCandidates(facts, bundle.candidates, blocks));
  const ofRanks = bundle.candidates.slice(draw.candidates.length);
  const winners =
    draw.ranked.length > 0
      ? await checks.check('ranks', () => checkRanks(facts, { ...named, blocks }, ofRanks))
      : named.winners;
  await checks.check('inclusion', () => checkInclusion(facts, bundle.candidates, sha256));
  const level = assuranceLevel(open, seal, chain);
  await checks.check('assurance', () => demand(draw.assurance === level, `the recorded facts give ${level}`));
  const isShort = named.hasMissed && winners.length < open.winners;
  const needList = [...(draw.ranked.length > 0 ? ['ranks'] : []), ...(isShort ? ['winners'] : [])];
  return { winners, ranked: draw.ranked, needList };
}

function checkBeacon({ publicKey, round, signature }, draw) {
  demand(signature === draw.signature, 'the bundle has another signature than the draw note');
  checkBeaconSignature(publicKey, round, signature);
}

async function checkList({ ballots, onProgress }, sealed, { winners, ranked, needList }, receipt, { checks, sha256 }) {
  const { bundle, open, seal, exclusions } = sealed;
  const lines = new Map(bundle.candidates.map(({ line }) => [Number(line.slice(0, line.indexOf(' '))), line]));
  const wantedLines = new Set(lines.keys());
  if (receipt) wantedLines.add(receipt.index);
  const ranks = needList.length > 0 ? new RankCount(winners, ranked) : null;
  const earlierSize = receipt?.size ?? null;
  const list = new BallotList({ open, seal, exclusions, wantedLines, earlierSize, ranks }, sha256);
  await checks.check('ballots', () => list.read(ballots, onProgress));
  await checks.check('root', () => {
    demand(sameBytes(list.root(), seal.root), 'its root is not the sealed one');
    for (const [index, line] of lines) {
      demand(list.lines.get(index) === line, `line ${index + 1} is not that of the candidate`);
    }
    const absent = list.excludedWithoutBallot();
    demand(absent < 0, `the excluded player ${exclusions.at(absent)} has no ballot`);
    const isCounted = seal.eligible === null || seal.eligible === list.eligible;
    demand(isCounted, `${list.eligible} ballots are eligible, the seal note says ${seal.eligible}`);
  });
  if (needList.includes('ranks')) await checks.check('ranks', () => ranks?.checkRanks(), RANKS_IN_LIST);
  if (needList.includes('winners')) await checks.check('winners', () => ranks?.checkEnd());
  return list;
}

/** Says what became of a draw without a draw note. @returns {'void' | 'undrawn'} */
function sayWhyUndrawn(seal, list, checks) {
  // In the first version only the list says how many ballots can win.
  const eligible = seal.size === 0 ? 0 : (seal.eligible ?? list?.eligible ?? null);
  if (eligible === 0) checks.checked('void', seal.size === 0 ? UNDRAWN.empty : UNDRAWN.excluded);
  else checks.notChecked('void', eligible === null ? UNDRAWN.unknown : UNDRAWN.sealed);
  return eligible === 0 ? 'void' : 'undrawn';
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
