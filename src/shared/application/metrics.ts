/** A metric. */
export interface Metric<Label extends string> {
  /** `lottery_<what>_<unit>`; counters end in `_total`. Dashboards and alerts rely on it: never renamed. */
  readonly name: `lottery_${string}`;
  /** Its meaning in words, with its unit. */
  readonly help: string;
  /** Each label has few values, known beforehand: never an id, a path or anything that a client wrote. */
  readonly labels?: readonly Label[];
}

export type Labels<Label extends string> = Readonly<Record<Label, string>>;

export interface Counter<Label extends string> {
  /** Adds one, or `count`. Adding 0 makes the series known before its first event. */
  add(labels: Labels<Label>, count?: number): void;
}

export interface Histogram<Label extends string> {
  observe(value: number, labels: Labels<Label>): void;
  /** Observes the seconds that the work takes, even if it fails. */
  time<T>(labels: Labels<Label>, work: () => Promise<T>): Promise<T>;
}

export interface Sample<Label extends string> {
  readonly labels: Labels<Label>;
  readonly value: number;
}

/** The metrics of the service. The same name returns the same metric. */
export abstract class Metrics {
  abstract counter<Label extends string = never>(metric: Metric<Label>): Counter<Label>;

  /** `buckets`: upper bounds, ascending. */
  abstract histogram<Label extends string = never>(
    metric: Metric<Label> & { readonly buckets: readonly number[] },
  ): Histogram<Label>;

  /**
   * Registers a value that is read at each scrape. A promise's value is cached for a few seconds, so a cheap query may
   * be behind it. While it fails there is no value. One name may have several reads, with different labels.
   */
  abstract gauge<Label extends string = never>(
    metric: Metric<Label>,
    read: () => readonly Sample<Label>[] | Promise<readonly Sample<Label>[]>,
  ): void;
}

/** For a process without a metrics port. */
export class NoMetrics extends Metrics {
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
