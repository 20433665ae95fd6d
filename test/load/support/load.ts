import { Child } from './child-process';

/** POST requests to one route. */
export interface Load {
  readonly url: string;
  /** At most as many as there are tokens. */
  readonly connections: number;
  /** At least one is sent over each connection, even if these are fewer. */
  readonly requests: number;
  /** The players whose requests they are. */
  readonly tokens: readonly string[];
  /** Sent as JSON with each request. */
  readonly body?: object;
}

export interface Measured {
  /** Requests answered with 201. */
  readonly created: number;
  /** Requests answered with anything else, or not at all. */
  readonly refused: number;
  /** Of those answered with 201. */
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * A process that sends loads, one after the other: the same for all of them, so that its code is compiled once, not in
 * the first second of each measurement, on cores that the measured would need.
 */
export class LoadGenerator {
  private constructor(private readonly child: Child<Measured>) {}

  static start(): LoadGenerator {
    return new LoadGenerator(Child.start<Measured>('load-generator.ts'));
  }

  /** Sends the load and waits for the last answer: nothing is under way afterwards. */
  send(load: Load): Promise<Measured> {
    const measured = this.child.message();
    this.child.tell(load);
    return measured;
  }

  stop(): Promise<void> {
    return this.child.stop();
  }
}
