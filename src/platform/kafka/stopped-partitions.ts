import { Logger } from '@nestjs/common';
import { Metrics } from '../../shared/application/metrics';
import { stackOf } from '../errors/stack-of';
import { Place } from './dead-letter';
import { leaderlessPartitionsOf } from './leaderless-partitions';
import { SkipMarks } from './skip-marks';

const REMIND_MS = 60_000;
/** A message that fails may quote what was sent. */
const MAX_REASON_LENGTH = 1_000;

/** Where and why a partition does not go on. */
export interface Obstacle {
  readonly place: Place;
  readonly offset: string;
  readonly reason: string;
}

interface Stop extends Obstacle {
  saidAt: number;
}

/** The partitions of this consumer that stopped at a message: named in the log, counted, and skipped if told to. */
export class StoppedPartitions {
  private readonly logger = new Logger('Kafka');
  private readonly stops = new Map<string, Stop>();

  constructor(
    private readonly marks: SkipMarks,
    topics: readonly string[],
    metrics: Metrics,
  ) {
    const metric = {
      name: 'lottery_kafka_partitions_stopped',
      help: 'Partitions that this process consumes and that have stopped at a message, and those without a leader.',
      labels: ['topic'],
    } as const;
    metrics.gauge(metric, () =>
      topics.map((topic) => ({ labels: { topic }, value: this.count(topic) + leaderlessPartitionsOf(topic) })),
    );
  }

  isStopped(place: Place): boolean {
    return this.stops.has(keyOf(place));
  }

  /** Records the stop, and says so, at first and once a minute. */
  stop(obstacle: Obstacle): void {
    const key = keyOf(obstacle.place);
    const known = this.stops.get(key);
    const isKnown = known?.offset === obstacle.offset;
    const isTold = isKnown && Date.now() - known.saidAt < REMIND_MS;
    this.stops.set(key, { ...obstacle, saidAt: isTold ? known.saidAt : Date.now() });
    if (isTold) return;
    const { place, offset, reason } = obstacle;
    this.logger.error(
      `Partition ${place.partition} of ${place.topic} has stopped at offset ${offset}; the others go on. To skip it: ` +
        `npm run dlq -- skip --topic ${place.topic} --partition ${place.partition} --offset ${offset}. ` +
        reason.slice(0, MAX_REASON_LENGTH),
    );
  }

  goOn(place: Place): void {
    const stop = this.stops.get(keyOf(place));
    if (stop === undefined) return;
    this.stops.delete(keyOf(place));
    this.logger.log(`Partition ${place.partition} of ${place.topic} goes on after offset ${stop.offset}.`);
  }

  clear(): void {
    this.stops.clear();
  }

  /** False as well if Kafka does not say. */
  async maySkip({ place, offset }: Obstacle): Promise<boolean> {
    try {
      return await this.marks.has(place, BigInt(offset));
    } catch (error) {
      this.logger.warn(`Whether to skip a message is not known now. ${stackOf(error)}`);
      return false;
    }
  }

  private count(topic: string): number {
    return [...this.stops.values()].filter(({ place }) => place.topic === topic).length;
  }
}

function keyOf({ topic, partition }: Place): string {
  return `${topic}-${partition}`;
}
