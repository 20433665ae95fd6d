import { instantMs } from './fields.mjs';
import { hexHalfWord, hexWord, joined } from './hex-words.mjs';

/** Bytes of ` <ballot id> <player> <submitted at>`. */
const AFTER_INDEX_BYTES = 95;
const [LINE_FEED, SPACE, DASH, POINT, ZERO, NINE, COLON, T, Z] = [10, 32, 45, 46, 48, 57, 58, 84, 90];
const DATE_BYTES = 10;
const [HOUR_MS, MINUTE_MS, SECOND_MS] = [3_600_000, 60_000, 1_000];

/** Reads the lines of the list one after the other from its bytes, as strictly as `parseBallotLine`, without strings. */
export class BallotLineReader {
  /** Of the line read last: the ballot id as four 32-bit words. */
  ballotId = new Uint32Array(4);
  /** Of the line read last: the player as four 32-bit words. */
  player = new Uint32Array(4);
  /** Of the line read last: milliseconds since 1970. */
  submittedMs = 0;
  /** The index that the next line must have, in ASCII. */
  #index = [ZERO];
  /** The date read last as a number, e.g. 20261122, and its midnight. */
  #date = -1;
  #dateMs = 0;

  /** Bytes of the next line, its line feed not counted: they follow from its index. */
  get length() {
    return this.#index.length + AFTER_INDEX_BYTES;
  }

  /**
   * @param {Uint8Array} bytes at least `length` + 1 from there on
   * @param {number} at where the next line begins
   * @returns {boolean} false where it is anything but the next line with its line feed
   */
  read(bytes, at) {
    const ballotId = at + this.#index.length + 1;
    const player = ballotId + 37;
    const submittedAt = player + 33;
    const holds =
      this.#index.every((digit, i) => bytes[at + i] === digit) &&
      bytes[ballotId - 1] === SPACE &&
      this.#readBallotId(bytes, ballotId) &&
      bytes[player - 1] === SPACE &&
      this.#readPlayer(bytes, player) &&
      bytes[submittedAt - 1] === SPACE &&
      this.#readInstant(bytes, submittedAt) &&
      bytes[submittedAt + 24] === LINE_FEED;
    if (holds) this.#countUp();
    return holds;
  }

  #readBallotId(bytes, at) {
    if (bytes[at + 8] !== DASH || bytes[at + 13] !== DASH || bytes[at + 18] !== DASH || bytes[at + 23] !== DASH)
      return false;
    return store(
      this.ballotId,
      hexWord(bytes, at),
      joined(hexHalfWord(bytes, at + 9), hexHalfWord(bytes, at + 14)),
      joined(hexHalfWord(bytes, at + 19), hexHalfWord(bytes, at + 24)),
      hexWord(bytes, at + 28),
    );
  }

  #readPlayer(bytes, at) {
    const [b, c, d] = [at + 8, at + 16, at + 24];
    return store(this.player, hexWord(bytes, at), hexWord(bytes, b), hexWord(bytes, c), hexWord(bytes, d));
  }

  #readInstant(bytes, at) {
    const time = at + DATE_BYTES + 1;
    const hours = decimal(bytes, time, 2);
    const minutes = decimal(bytes, time + 3, 2);
    const seconds = decimal(bytes, time + 6, 2);
    const ms = decimal(bytes, time + 9, 3);
    const holds =
      this.#readDate(bytes, at) &&
      bytes[time - 1] === T &&
      bytes[time + 2] === COLON &&
      bytes[time + 5] === COLON &&
      bytes[time + 8] === POINT &&
      bytes[time + 12] === Z &&
      (hours | minutes | seconds | ms) >= 0;
    this.submittedMs = this.#dateMs + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS + ms;
    return holds && hours < 24 && minutes < 60 && seconds < 60;
  }

  /** Dates repeat for many lines: only a new one is looked up in the calendar. */
  #readDate(bytes, at) {
    if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH) return false;
    const [year, month, day] = [decimal(bytes, at, 4), decimal(bytes, at + 5, 2), decimal(bytes, at + 8, 2)];
    if ((year | month | day) < 0) return false;
    const date = year * 10_000 + month * 100 + day;
    if (date === this.#date) return true;
    const dateMs = instantMs(`${String.fromCharCode(...bytes.subarray(at, at + DATE_BYTES))}T00:00:00.000Z`);
    if (dateMs === null) return false;
    [this.#date, this.#dateMs] = [date, dateMs];
    return true;
  }

  #countUp() {
    let place = this.#index.length - 1;
    for (; place >= 0 && this.#index[place] === NINE; place--) this.#index[place] = ZERO;
    if (place < 0) this.#index.unshift(ZERO + 1);
    else this.#index[place]++;
  }
}

/** @returns {boolean} false, and nothing stored, where one of the words is -1 */
function store(words, a, b, c, d) {
  if (a < 0 || b < 0 || c < 0 || d < 0) return false;
  words[0] = a;
  words[1] = b;
  words[2] = c;
  words[3] = d;
  return true;
}

/** @returns {number} -1 where one of the bytes is no digit */
function decimal(bytes, at, length) {
  let value = 0;
  for (let i = at; i < at + length; i++) {
    const digit = bytes[i] - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
