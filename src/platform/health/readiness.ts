import { Inject, Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../shared/application/clock';
import { Metrics } from '../../shared/application/metrics';
import { DomainError } from '../../shared/domain/domain-error';
import { skewInWords, skewOf } from '../database/clock-trust';
import { DatabaseConfig } from '../database/database-config';
import { sqlState } from '../database/sql-state';
import { storageFault } from '../database/storage';
import { stackOf } from '../errors/stack-of';
import { SingleFlight } from '../retry/single-flight';
import { within } from '../retry/time-limit';

const UNDEFINED_TABLE = '42P01';
/** A standby, and a server that is about to be replaced, answer reads as if nothing was wrong. */
const STANDING = `
  select array(select name from migrations) as applied,
    current_setting('transaction_read_only')::boolean as "isReadOnly"`;
/** Time limit of the check. Callers give up after some seconds; the answer must be there before. */
const LOOK_LIMIT_MS = 2_000;

const CHECKS = ['running', 'database', 'migrations', 'clock'] as const;
type Check = (typeof CHECKS)[number];

/** The failed checks, in words for operators; a check that could not be made is absent. */
interface Found {
  readonly faults: Partial<Record<Check, string | null>>;
  readonly databaseTime: Date | null;
  /** Database minus process; 0 if the duration of the query explains it. */
  readonly skewMs: number | null;
}

class NotReady extends DomainError {
  readonly code = 'health.not-ready';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 1;

  constructor(reasons: readonly string[]) {
    super(`This process takes no requests: ${reasons.join('; ')}.`);
  }
}

/** Whether requests should come here: the process is not stopping, its database is up, writable and on time. */
@Injectable()
export class Readiness implements OnModuleInit {
  private readonly logger = new Logger('Readiness');
  private isLeaving = false;
  private readonly looks = new SingleFlight(() => this.lookOnce());
  private last = '';

  constructor(
    private readonly clock: Clock,
    private readonly dataSource: DataSource,
    private readonly metrics: Metrics,
    @Inject(DatabaseConfig) private readonly config: DatabaseConfig,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      { name: 'lottery_ready', help: '1 where the check of /health/ready passes, else 0.', labels: ['check'] },
      async () => {
        const { faults } = await this.looks.run();
        const made = CHECKS.filter((check) => faults[check] !== undefined);
        return made.map((check) => ({ labels: { check }, value: faults[check] === null ? 1 : 0 }));
      },
    );
    this.metrics.gauge(
      { name: 'lottery_clock_skew_seconds', help: 'Seconds by which the database is ahead of the process, at least.' },
      async () => {
        const { skewMs } = await this.looks.run();
        return skewMs === null ? [] : [{ labels: {}, value: skewMs / 1_000 }];
      },
    );
  }

  /** Marks the process as stopping: from now on it is not ready. */
  leave(): void {
    this.isLeaving = true;
  }

  /** Database time. @throws NotReady */
  async check(): Promise<Date> {
    const { faults, databaseTime } = await this.looks.run();
    const reasons = CHECKS.flatMap((check) => faults[check] ?? []);
    if (reasons.length > 0 || databaseTime === null) throw new NotReady(reasons);
    return databaseTime;
  }

  private async lookOnce(): Promise<Found> {
    const running = this.isLeaving ? 'it is stopping' : null;
    try {
      const found = await within(LOOK_LIMIT_MS, this.ask());
      return this.noted({ ...found, faults: { running, ...found.faults } });
    } catch (error) {
      const faults = { running, database: 'its database does not answer' };
      return this.noted({ faults, databaseTime: null, skewMs: null }, error);
    }
  }

  private async ask(): Promise<Found> {
    const before = Date.now();
    const now = await this.clock.synchronise();
    const skewMs = skewOf(now.getTime(), before, Date.now());
    const { missing, isReadOnly } = await this.standing();
    const database = isReadOnly ? 'its database is read-only' : await storageFault(this.config.databaseFolder);
    const migrations = missing.length === 0 ? null : `its database lacks ${missing.join(', ')}`;
    const isOnTime = Math.abs(skewMs) <= this.config.MAX_CLOCK_SKEW_SECONDS * 1_000;
    const clock = isOnTime ? null : skewInWords(skewMs);
    return { faults: { database, migrations, clock }, databaseTime: now, skewMs };
  }

  /** Further migrations in the database come from a newer version of the service, and are no fault. */
  private async standing(): Promise<{ missing: readonly string[]; isReadOnly: boolean }> {
    const needed = this.dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name);
    try {
      const [row] = await this.dataSource.query<[{ applied: string[]; isReadOnly: boolean }]>(STANDING);
      return { missing: needed.filter((name) => !row.applied.includes(name)), isReadOnly: row.isReadOnly };
    } catch (error) {
      if (sqlState(error) === UNDEFINED_TABLE) return { missing: needed, isReadOnly: false };
      throw error;
    }
  }

  /** Logs changes only, not every check. */
  private noted(found: Found, error?: unknown): Found {
    const reasons = CHECKS.flatMap((check) => found.faults[check] ?? []).join('; ');
    if (reasons !== this.last) {
      if (reasons === '') this.logger.log('Ready again.');
      else this.logger.warn(`Not ready: ${reasons}.${error === undefined ? '' : ` ${stackOf(error)}`}`);
    }
    this.last = reasons;
    return found;
  }
}
