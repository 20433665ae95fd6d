import { bytesOfBase64, sameBytes } from './bytes.mjs';
import { NUMBER } from './fields.mjs';
import { demand } from './refusal.mjs';

const SIZE = new RegExp(`^${NUMBER}$`);

/**
 * The tree of a checkpoint (c2sp.org/tlog-checkpoint). Lines behind the third are extensions: signed, and ignored here.
 *
 * @param {string} note @param {string} origin of the log @param {import('./notes.mjs').Notes} notes
 * @returns {{ size: number, root: Uint8Array }}
 * @throws {Refusal}
 */
export function openCheckpoint(note, origin, notes) {
  const [first, size, root, ...rest] = notes.open(note).split('\n');
  demand(first === origin, 'the checkpoint is of another log');
  demand(SIZE.test(size ?? ''), 'the size of the checkpoint is malformed');
  const bytes = bytesOfBase64(root ?? '');
  demand(bytes?.length === 32, 'the root of the checkpoint is malformed');
  const extensions = rest.slice(0, -1);
  demand(rest.length > 0 && !extensions.includes(''), 'the checkpoint has an empty line');
  if (extensions.length > 0) notes.ignored.add('extensions');
  return { size: Number(size), root: bytes };
}

/**
 * Whether the checkpoint names exactly the sealed tree.
 *
 * @param {{ size: number, root: Uint8Array }} checkpoint
 * @param {import('./seal-note.mjs').Seal} seal @param {import('./hashes.mjs').Sha256} sha256
 * @throws {Refusal}
 */
export function checkSealedTree({ size, root }, seal, sha256) {
  demand(size === seal.size, 'its size is not that of the seal note');
  demand(sameBytes(root, seal.root), 'its root is not that of the seal note');
  demand(seal.size > 0 || sameBytes(seal.root, sha256(new Uint8Array())), 'the root is not that of the empty tree');
}
