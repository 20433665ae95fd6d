import type { Ballot, Place } from '../../ballot/ballot.api';
import { blocks, Jury, NamedIndex } from '../domain/candidates';
import type { Draw } from '../domain/draw';
import { versionOf } from '../domain/protocol-version';

/** How many ballots to look up at once if some cannot win. A draw of the first version may need thousands. */
const FIRST_LOOK_UP = 16;
const LARGEST_LOOK_UP = 4_096;
/** Blocks tried between two look-ups, some 30 ms: when nearly all ballots are named, few blocks name a new one. */
const BLOCKS_AT_ONCE = 8_192;

/** Calls the candidates of one draw before its jury, more at a time the longer the hearing takes. */
export class Hearing {
  readonly jury: Jury;
  private readonly sequence: Iterator<NamedIndex | null>;
  private limit: number;
  private called: NamedIndex[] = [];
  private isExhausted = false;

  constructor(
    readonly draw: Draw,
    readonly key: Buffer,
    readonly size: number,
  ) {
    const { winners } = draw.opening;
    const exclusions = draw.seal?.exclusions ?? [];
    this.jury = new Jury(winners, new Set(exclusions), versionOf(draw.opening.note));
    this.sequence = blocks(key, size);
    this.limit = exclusions.length === 0 ? Math.min(winners, LARGEST_LOOK_UP) : FIRST_LOOK_UP;
  }

  get isOver(): boolean {
    return this.jury.isOver || this.isExhausted;
  }

  /** Returns the places of the next candidates; fewer than usual, or none, towards the end of the sequence. */
  call(): readonly Place[] {
    this.called = [];
    for (let tried = 0; tried < BLOCKS_AT_ONCE && this.called.length < this.limit; tried++) {
      const next = this.sequence.next();
      if (next.done) {
        this.isExhausted = true;
        break;
      }
      if (next.value) this.called.push(next.value);
    }
    this.limit = Math.min(2 * this.limit, LARGEST_LOOK_UP);
    return this.called.map(({ index }) => ({ drawId: this.draw.id, index }));
  }

  /** The ballots of the candidates that were called last. */
  hear(ballots: readonly Ballot[]): void {
    for (const [i, ballot] of ballots.entries()) {
      if (this.jury.isOver) return;
      this.jury.judge(this.called[i] as NamedIndex, ballot);
    }
  }
}
