/** Of one address: a browser opens six connections, an office has some dozens of them. */
const MOST_WAITING = 1_024;

interface Line {
  underWay: number;
  readonly waiting: Set<() => void>;
}

/** Lets some requests of each address be under way at once. Further ones wait in their order for those of their own. */
export class Places {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly mostUnderWay: number) {}

  /**
   * Starts at once or once there is a place. The caller calls what it is given, once, when the request is over, even if
   * it has not started. Null: too many wait.
   */
  take(address: string, start: () => void): (() => void) | null {
    const line = this.lines.get(address) ?? { underWay: 0, waiting: new Set() };
    if (line.waiting.size >= MOST_WAITING) return null;
    this.lines.set(address, line);
    if (line.underWay < this.mostUnderWay) {
      line.underWay++;
      start();
    } else line.waiting.add(start);
    return () => this.leave(address, line, start);
  }

  private leave(address: string, line: Line, start: () => void): void {
    if (line.waiting.delete(start)) return;
    const [next] = line.waiting;
    if (next) {
      line.waiting.delete(next);
      next();
      return;
    }
    line.underWay--;
    if (line.underWay === 0) this.lines.delete(address);
  }
}
