import { demand, Refusal } from './refusal.mjs';

/* The alphabets of docs/draw-protocol.md, for use inside regular expressions. */
export const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
export const HASH = '[0-9a-f]{64}';
export const PLAYER = '[0-9a-f]{32}';
/** At most 15 digits: every JSON reader and every calculation here holds such a number exactly. */
export const NUMBER = '(?:0|[1-9][0-9]{0,14})';
export const INSTANT = '(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z';

const WHOLE_INSTANT = new RegExp(`^${INSTANT}$`);

const MAX_COUNT = 10 ** 15 - 1;

/** @param {unknown} value @returns {value is number} a whole number that NUMBER could spell */
export function isCount(value) {
  return Number.isInteger(value) && !Object.is(value, -0) && value >= 0 && value <= MAX_COUNT;
}

/** @param {string} text @returns {number | null} milliseconds since 1970, null where it is no real instant */
export function instantMs(text) {
  const ms = WHOLE_INSTANT.test(text) ? Date.parse(text) : NaN;
  // Date.parse rolls 30 February over into March; the way back shows it.
  return Number.isNaN(ms) || new Date(ms).toISOString() !== text ? null : ms;
}

/** @param {string} text @returns {number} milliseconds since 1970 @throws {Refusal} */
export function instant(text) {
  const ms = instantMs(text);
  if (ms === null) throw new Refusal(`${text} is not an instant`);
  return ms;
}

/** Reads the lines of a note's body one after the other, each strictly. */
export class NoteLines {
  /** Groups of the first line. @type {string[]} */
  title;
  #lines;
  #read = 0;

  /** @param {string} body @param {string} title its first line @throws {Refusal} */
  constructor(body, title) {
    demand(body.endsWith('\n'), 'it does not end in a line feed');
    this.#lines = body.slice(0, -1).split('\n');
    this.title = this.take(title);
  }

  /** @param {string} pattern of the whole next line @returns {string[]} its groups @throws {Refusal} */
  take(pattern) {
    const groups = this.tryTake(pattern);
    if (!groups) throw new Refusal(`line ${this.#read + 1} is malformed`);
    return groups;
  }

  /** @param {string} pattern @returns {string[] | null} null where the next line is another one */
  tryTake(pattern) {
    const match = new RegExp(`^${pattern}$`).exec(this.#lines[this.#read] ?? '');
    if (!match) return null;
    this.#read++;
    return match.slice(1);
  }

  /** @throws {Refusal} where lines are left over */
  end() {
    demand(this.#read === this.#lines.length, `line ${this.#read + 1} is too much`);
  }
}
