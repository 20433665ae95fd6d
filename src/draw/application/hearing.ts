import type { Ballot, Place } from '../../ballot/ballot.api';
import { Jury, NamedIndex, namedIndexes } from '../domain/candidates';
import type { Draw } from '../domain/draw';

/** How many ballots to look up at once if some cannot win. A draw with many exclusions needs thousands. */
const FIRST_LOOK_UP = 16;
const LARGEST_LOOK_UP = 4_096;

/** Calls the candidates of one draw before its jury, more at a time the longer the hearing takes. */
export class Hearing {
  readonly jury: Jury;
  private readonly sequence: Iterator<NamedIndex>;
  private limit: number;
  private called: NamedIndex[] = [];
  private isExhausted = false;

  constructor(
    private readonly draw: Draw,
    key: Buffer,
    size: number,
  ) {
    const { winners } = draw.opening;
    const exclusions = draw.seal?.exclusions ?? [];
    this.jury = new Jury(winners, new Set(exclusions));
    this.sequence = namedIndexes(key, size);
    this.limit = exclusions.length === 0 ? winners : FIRST_LOOK_UP;
  }

  get isOver(): boolean {
    return this.jury.isComplete || this.isExhausted;
  }

  /** Returns the places of the next candidates; fewer than usual at the end of the sequence. */
  call(): readonly Place[] {
    this.called = [];
    while (this.called.length < this.limit) {
      const next = this.sequence.next();
      if (next.done) {
        this.isExhausted = true;
        break;
      }
      this.called.push(next.value);
    }
    this.limit = Math.min(2 * this.limit, LARGEST_LOOK_UP);
    return this.called.map(({ index }) => ({ drawId: this.draw.id, index }));
  }

  /** The ballots of the candidates that were called last. */
  hear(ballots: readonly Ballot[]): void {
    for (const [i, ballot] of ballots.entries()) {
      if (this.jury.isComplete) return;
      this.jury.judge(this.called[i] as NamedIndex, ballot);
    }
  }
}
