import { openNote } from './signed-note.mjs';

/** Opens signed notes with the one key that is believed, and keeps in mind what it passed over. */
export class Notes {
  /** What was ignored, as the specifications say: see LEFT_UNCHECKED. @type {Set<'signatures' | 'extensions'>} */
  ignored = new Set();
  #key;

  /** @param {import('./signed-note.mjs').VerifierKey} key */
  constructor(key) {
    this.#key = key;
  }

  /** @param {string} note @returns {string} its body @throws {Refusal} */
  open(note) {
    const { body, hasOthers } = openNote(note, this.#key);
    if (hasOthers) this.ignored.add('signatures');
    return body;
  }
}
