/** A thing that is counted or measured. */
export interface Meter<Label extends string> {
  /** `lottery_<what>_<unit>`; counters end in `_total`. Dashboards and alerts rely on it: never renamed. */
  readonly name: `lottery_${string}`;
  /** What it is, in words, with its unit. */
  readonly help: string;
  /** Each has few values, known beforehand: never an id, a path or what a client wrote. */
  readonly labels?: readonly Label[];
}

export type Labels<Label extends string> = Readonly<Record<Label, string>>;

export interface Counter<Label extends string> {
  /** One more, or `count`. With 0 it is known before it happens for the first time. */
  add(labels: Labels<Label>, count?: number): void;
}

export interface Histogram<Label extends string> {
  observe(value: number, labels: Labels<Label>): void;
  /** The seconds that the work takes, also where it fails. */
  time<T>(labels: Labels<Label>, work: () => Promise<T>): Promise<T>;
}

export interface Sample<Label extends string> {
  readonly labels: Labels<Label>;
  readonly value: number;
}

/** What the service counts and measures of itself, for whoever watches it. The same name gives the same meter. */
export abstract class Meters {
  abstract counter<Label extends string = never>(meter: Meter<Label>): Counter<Label>;

  /** `buckets`: upper bounds, ascending. */
  abstract histogram<Label extends string = never>(
    meter: Meter<Label> & { readonly buckets: readonly number[] },
  ): Histogram<Label>;

  /**
   * What is asked whenever somebody looks; what comes as a promise is kept for a few seconds, so a query may stand behind
   * it if it is cheap. While it fails there is no value. Several may be given for one name, with different labels.
   */
  abstract gauge<Label extends string = never>(
    meter: Meter<Label>,
    read: () => readonly Sample<Label>[] | Promise<readonly Sample<Label>[]>,
  ): void;
}

/** Where nobody watches. */
export class NoMeters extends Meters {
  counter<Label extends string>(): Counter<Label> {
    return { add: () => undefined };
  }

  histogram<Label extends string>(): Histogram<Label> {
    return { observe: () => undefined, time: (_, work) => work() };
  }

  gauge(): void {
    return undefined;
  }
}
