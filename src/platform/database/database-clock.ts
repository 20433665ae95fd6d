import { performance } from 'node:perf_hooks';
import { Injectable, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { Clock } from '../../shared/application/clock';
import { invariant } from '../../shared/domain/invariant';
import { SingleFlight } from '../retry/single-flight';
import { ClockFilter } from './clock-filter';
import { retireConnections } from './timeout-client';
import { TypeOrmUnitOfWork } from './typeorm-unit-of-work';

const SAMPLE_INTERVAL_MS = 1_000;

/** `database_time()` decides, in whole milliseconds; the clock that it truncates adds the microseconds. */
const READ = `
  select database_time() as now, (extract(epoch from clock_timestamp()) * 1000)::float8 as "clockMs",
    current_setting('transaction_read_only')::boolean as "isReadOnly"`;

interface Reading {
  readonly now: Date;
  readonly clockMs: number;
  readonly isReadOnly: boolean;
}

/** PostgreSQL's time, so that all replicas agree whatever their own clocks and time zones say. */
@Injectable()
export class DatabaseClock extends Clock implements OnModuleInit, OnApplicationShutdown {
  private readonly filter = new ClockFilter();
  private timer: NodeJS.Timeout | undefined;
  private readonly samples = new SingleFlight(() => this.trySample());

  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  /** Before anything asks for the time. */
  async onModuleInit(): Promise<void> {
    await this.sample();
    this.timer = setInterval(() => void this.samples.run(), SAMPLE_INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.samples.settled();
  }

  now(): Date {
    const { offsetMs } = this.filter;
    invariant(offsetMs !== null, 'the clock has been synchronised once');
    return new Date(Math.floor(performance.now() + offsetMs));
  }

  async synchronise(): Promise<Date> {
    const { queryRunner, dataSource } = this.work.reader;
    if (queryRunner) return (await this.read(queryRunner)).now;
    const runner = dataSource.createQueryRunner();
    const { now, isReadOnly } = await this.read(runner).finally(() => runner.release());
    if (isReadOnly) retireConnections(dataSource);
    return now;
  }

  private async read(runner: QueryRunner): Promise<Reading> {
    // A wait for a connection is not part of the round trip.
    await runner.connect();
    const sentMs = performance.now();
    const [reading] = (await runner.query(READ)) as [Reading];
    const receivedMs = performance.now();
    const { now, clockMs } = reading;
    // Not so if a test has moved database_time() away: the microseconds of another time are no use.
    const isTruncated = clockMs >= now.getTime() && clockMs < now.getTime() + 1 + (receivedMs - sentMs);
    this.filter.add({ sentMs, remoteMs: isTruncated ? clockMs : now.getTime(), receivedMs });
    return reading;
  }

  /** The second reading starts as the answer to the first arrives: at that moment the event loop is not blocked. */
  private async sample(): Promise<void> {
    await this.synchronise();
    await this.synchronise();
  }

  /**
   * The readiness check reports an unreachable database. Until it answers again, the last estimate is carried forward.
   */
  private trySample(): Promise<void> {
    return this.sample().catch(() => undefined);
  }
}
