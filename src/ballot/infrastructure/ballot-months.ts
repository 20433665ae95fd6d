import { Injectable, Logger, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { hasRole, ServiceConfig } from '../../platform/config/service-config';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { stackOf } from '../../platform/errors/stack-of';
import { STRAYS } from './archivable-statements';

/** Outages shorter than this leave no month without a partition. */
const MONTHS_AHEAD = 2;
/** A database whose clock jumps ahead by more than that has no partition for this long at most. */
const CHECK_INTERVAL_MS = 60_000;
const CHECKS_PER_WARNING = 60;

/** The function runs with the rights of the tables' owner and skips months that have a partition. */
const ENSURE = `
  select ensure_ballot_partition((database_time() at time zone 'UTC' + make_interval(months => ahead))::date) as made
  from generate_series(0, ${MONTHS_AHEAD}) as ahead`;

/**
 * Creates the partitions for the ballots of this month and the next two, at start and every minute, in processes with
 * the role scheduler. Any number of replicas create each one once.
 */
@Injectable()
export class BallotMonths implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('BallotMonths');
  private last: Promise<void> = Promise.resolve();
  private checks = 0;

  constructor(
    private readonly config: ServiceConfig,
    private readonly work: TypeOrmUnitOfWork,
  ) {}

  /** Not on bootstrap: modules open the draws that are due there, and this month must have its partition by then. */
  onModuleInit(): Promise<void> {
    return this.tick();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.last;
  }

  @Interval(CHECK_INTERVAL_MS)
  tick(): Promise<void> {
    if (!hasRole(this.config, 'scheduler')) return Promise.resolve();
    this.last = this.last.then(() => this.prepare());
    return this.last;
  }

  /** Never rejects: ballots of a month without a partition are kept, too, in ballots_default. */
  private async prepare(): Promise<void> {
    try {
      const rows = await this.work.reader.query<{ made: string | null }[]>(ENSURE);
      for (const { made } of rows) if (made !== null) this.logger.log(`Created a partition of ballots: ${made}.`);
      if (this.checks++ % CHECKS_PER_WARNING > 0) return;
      const [row] = await this.work.reader.query<[{ strays: boolean }]>(STRAYS);
      if (row.strays) this.logger.warn('Ballots lie in ballots_default: see "Old data" in docs/operations.md.');
    } catch (error) {
      this.logger.error('Partitions for the coming months may be missing.', stackOf(error));
    }
  }
}
