import { performance } from 'node:perf_hooks';
import { Inject, Injectable, Logger, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { Clock } from '../../shared/application/clock';
import { Counter, Metrics } from '../../shared/application/metrics';
import { ClockInDoubt } from '../../shared/domain/clock-in-doubt';
import { invariant } from '../../shared/domain/invariant';
import { SingleFlight } from '../retry/single-flight';
import { ClockFilter } from './clock-filter';
import { ClockTrust } from './clock-trust';
import { DatabaseConfig } from './database-config';
import { retireConnections } from './timeout-client';
import { TypeOrmUnitOfWork } from './typeorm-unit-of-work';

const SAMPLE_INTERVAL_MS = 1_000;
/** Those that wait ask every few seconds. */
const WARNING_INTERVAL_MS = 30_000;

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
  private readonly logger = new Logger('Clock');
  private readonly filter = new ClockFilter();
  private readonly trust: ClockTrust;
  private readonly postponed: Counter<'reason'>;
  private warnedAtMs = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private readonly samples = new SingleFlight(() => this.trySample());

  constructor(
    private readonly work: TypeOrmUnitOfWork,
    @Inject(DatabaseConfig) { MAX_CLOCK_SKEW_SECONDS }: Pick<DatabaseConfig, 'MAX_CLOCK_SKEW_SECONDS'>,
    metrics: Metrics,
  ) {
    super();
    this.trust = new ClockTrust(MAX_CLOCK_SKEW_SECONDS * 1_000);
    this.postponed = metrics.counter({
      name: 'lottery_facts_postponed_total',
      help: 'Facts that wait because the time is in doubt: the clocks disagree (skew), or one jumped (jump).',
      labels: ['reason'],
    });
    for (const reason of ['skew', 'jump']) this.postponed.add({ reason }, 0);
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

  async timeOfFact(): Promise<Date> {
    const now = await this.synchronise();
    const doubt = this.trust.doubtAt(performance.now());
    if (doubt === null) {
      if (this.warnedAtMs > -Infinity) this.logger.log('The time is certain again: what waited goes on.');
      this.warnedAtMs = -Infinity;
      return now;
    }
    this.postponed.add({ reason: doubt.reason });
    const refusal = new ClockInDoubt(doubt.text);
    if (performance.now() - this.warnedAtMs > WARNING_INTERVAL_MS) {
      this.warnedAtMs = performance.now();
      this.logger.warn(`Nothing final happens for now. ${refusal.message}`);
    }
    throw refusal;
  }

  private async read(runner: QueryRunner): Promise<Reading> {
    // A wait for a connection is not part of the round trip.
    await runner.connect();
    const askedMs = Date.now();
    const sentMs = performance.now();
    const [reading] = (await runner.query(READ)) as [Reading];
    const receivedMs = performance.now();
    const { now, clockMs } = reading;
    this.trust.add({ sentMs, remoteMs: now.getTime(), receivedMs }, { askedMs, answeredMs: Date.now() });
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
