import { Child } from './child-process';

/** POST requests to one route. */
export interface Load {
  readonly url: string;
  /** At most as many as there are tokens. */
  readonly connections: number;
  readonly requests: number;
  /** The players whose requests they are. */
  readonly tokens: readonly string[];
}

export interface Measured {
  /** Requests answered with 201. */
  readonly created: number;
  /** Requests answered with anything else, or not at all. */
  readonly refused: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Sends the load from a process of its own and waits for the last answer: nothing is under way afterwards. */
export async function send(load: Load): Promise<Measured> {
  const generator = Child.start<Measured>('load-generator.ts');
  const measured = generator.message();
  generator.tell(load);
  return measured;
}
