/* The words of both verifiers, this one and verify.py: the same, byte for byte. */

/** What each step says of itself, in the order in which they run. @type {Record<string, string>} */
export const STEPS = {
  bundle: 'the bundle is complete and well formed',
  key: 'the bundle is signed by the key that you gave',
  'open-signature': 'the open note is signed',
  open: 'the open note is well formed',
  'seal-signature': 'the seal note is signed',
  seal: 'the seal note belongs to the open note',
  checkpoint: 'the sealed tree has a signed checkpoint',
  exclusions: 'the exclusions are those of the seal note',
  round: 'the beacon round is the one that the rules give',
  'draw-signature': 'the draw note is signed',
  draw: 'the draw note belongs to the seal note',
  commitment: 'the secret is the one committed to before the first ballot',
  beacon: 'the beacon signature is valid',
  candidates: 'the candidates are those that the randomness names',
  ranks: 'the ranks are those that the randomness names',
  winners: 'nobody else could win: the winners are fewer than wanted',
  inclusion: "each candidate's ballot is in the sealed tree",
  assurance: 'the assurance level follows from the recorded facts',
  ballots: 'the list has every ballot once, in order',
  root: 'the list gives the sealed root',
  receipt: 'your receipt is signed by the same key and for this draw',
  proof: 'your ballot is in the draw',
  'my-ballot': 'your ballot is in the draw',
};

export const NO_BEACON = 'no beacon was used';

/** Of the step `ranks`, once more, with the list. */
export const RANKS_IN_LIST = 'the list has the ballot of each rank at its place';

/** What can become of a draw without a draw note. */
export const UNDRAWN = {
  empty: 'no ballot was cast, so the draw is void',
  excluded: 'every ballot is excluded, so the draw is void',
  sealed: 'the draw: it is sealed and not drawn yet',
  unknown: 'the draw: it is void or not drawn yet; the list tells which',
};

/** By step, in the order in which they are said. @type {Record<string, string>} */
export const LEFT_UNCHECKED = {
  ballots: 'the full list of ballots: give ballots.txt',
  ranks: 'the ballot of each rank: give ballots.txt',
  winners: 'nobody else could win, as the winners are fewer than wanted: give ballots.txt',
  'my-ballot': 'your ballot is in the draw: give ballots.txt or --proof',
  signatures: 'signatures by other keys than yours: they are ignored',
  extensions: 'extension lines of a checkpoint: they are ignored',
  published: 'when the seal note became public: keep it as soon as it is published, or ask who did',
  refused: 'ballots that were refused without a receipt: nobody can prove what was never written',
};

/** Ends the sentence of the level where a winner was found by rank. */
export const RANKS_NEED_LIST = "; the winner's place can be checked with the list of ballots only.";

/** What a level means (docs/draw-protocol.md section 8). */
export const ASSURANCE = {
  A: 'The ballots were sealed before the randomness existed, as everyone who fetched the seal note before that moment can confirm.',
  B: 'A beacon was used, but its round was fixed only at sealing: the operator could not know the result, but could have discarded a seal that nobody had fetched and sealed again.',
  C: 'No beacon was used: the arithmetic is checkable by anyone, but the operator could know the result beforehand and add ballots of its own.',
};
