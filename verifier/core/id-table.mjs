const PAGE_IDS = 65_536;
const WORDS = 4;
const FIRST_SLOTS = 1024;
/** Slots are doubled where more than this part is taken. */
const MAX_LOAD = 0.75;

/**
 * A set of 16-byte values (ballot ids, pseudonyms), numbered in the order in which they came. It takes 21 to 27 bytes
 * for each: the value itself on a page, and its number in an open-addressing table.
 */
export class IdTable {
  /** Number of values. */
  length = 0;
  #pages = [];
  /** Number of the value + 1; 0 is an empty slot. */
  #slots = new Uint32Array(FIRST_SLOTS);
  /** Different in every run, so that nobody can choose ids that all fall into one slot. */
  #seed = (Math.random() * 2 ** 32) | 0;

  /** @param {ArrayLike<number>} id four 32-bit words @returns {boolean} false where the table has it already */
  add(id) {
    const slot = this.#slotOf(id[0], id[1], id[2], id[3]);
    if (this.#slots[slot] !== 0) return false;
    const number = this.length++;
    if (number % PAGE_IDS === 0) this.#pages.push(new Uint32Array(PAGE_IDS * WORDS));
    this.#pages[this.#pages.length - 1].set(id, (number % PAGE_IDS) * WORDS);
    this.#slots[slot] = this.length;
    if (this.length > this.#slots.length * MAX_LOAD) this.#grow();
    return true;
  }

  /** @param {ArrayLike<number>} id four 32-bit words @returns {number} its number from 0, or -1 */
  indexOf(id) {
    return this.#slots[this.#slotOf(id[0], id[1], id[2], id[3])] - 1;
  }

  /** The slot that has the value, or the empty one where it belongs. */
  #slotOf(a, b, c, d) {
    const mask = this.#slots.length - 1;
    for (let slot = this.#hash(a, b, c, d) & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] - 1;
      if (number < 0) return slot;
      const page = this.#pages[Math.floor(number / PAGE_IDS)];
      const at = (number % PAGE_IDS) * WORDS;
      if (page[at] === a && page[at + 1] === b && page[at + 2] === c && page[at + 3] === d) return slot;
    }
  }

  /** The mixing steps of MurmurHash3 (x86, 32 bits) over four words. */
  #hash(a, b, c, d) {
    let hash = mix(mix(mix(mix(this.#seed, a), b), c), d);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  #grow() {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let number = 0; number < this.length; number++) {
      const page = this.#pages[Math.floor(number / PAGE_IDS)];
      const at = (number % PAGE_IDS) * WORDS;
      const mask = this.#slots.length - 1;
      let slot = this.#hash(page[at], page[at + 1], page[at + 2], page[at + 3]) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

function mix(hash, word) {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const mixed = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}
