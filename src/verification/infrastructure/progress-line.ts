import type { Amounts } from '../application/records';
import type { Tally } from '../application/tally';

/** How often progress is shown: on a terminal as fast as eyes can follow, in a log now and then. */
const REDRAW_MS = 200;
const LINE_MS = 10_000;
const WIDTH = 30;
const MS_PER_SECOND = 1_000;

type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

/** Shows progress: a bar on a terminal, lines elsewhere. */
export class ProgressLine {
  private readonly startedAt = performance.now();
  private shownAt: number;

  constructor(
    private readonly output: Output,
    private readonly amounts: Amounts,
  ) {
    this.shownAt = output.isTTY ? 0 : this.startedAt;
  }

  show(tally: Tally): void {
    const now = performance.now();
    if (now - this.shownAt < (this.output.isTTY ? REDRAW_MS : LINE_MS)) return;
    this.shownAt = now;
    const text = this.textOf(tally, now);
    this.output.write(this.output.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
  }

  /** Clears the line for the next output. */
  clear(): void {
    if (this.output.isTTY) this.output.write('\r\x1b[K');
  }

  private textOf({ counts, rows }: Tally, now: number): string {
    const { draws, ballots, keys, entries } = this.amounts;
    const total = draws + ballots + keys + entries;
    const done = counts.draws + counts.ballots + counts.keys + counts.journalEntries;
    const part = total === 0 ? 1 : Math.min(1, done / total);
    const perSecond = Math.round((rows * MS_PER_SECOND) / Math.max(1, now - this.startedAt));
    const filled = Math.floor(part * WIDTH);
    const bar = this.output.isTTY ? `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ` : '';
    const percent = `${Math.floor(100 * part)} %`.padStart(5);
    const [checked, all, rate] = [counts.ballots, ballots, perSecond].map((count) => count.toLocaleString('en'));
    return `${bar}${percent}  ${checked} of ${all} ballots, ${rate} rows/s`;
  }
}
