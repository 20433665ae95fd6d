import { performance } from 'node:perf_hooks';
import { Injectable, OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/application/clock';
import { invariant } from '../../shared/domain/invariant';
import { TypeOrmUnitOfWork } from './typeorm-unit-of-work';

/** PostgreSQL's time, so that all replicas agree whatever their own clocks and time zones say. */
@Injectable()
export class DatabaseClock extends Clock implements OnModuleInit {
  private measured: { readonly databaseMs: number; readonly monotonicMs: number } | null = null;

  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  /** Before anything asks for the time. */
  async onModuleInit(): Promise<void> {
    await this.synchronise();
  }

  now(): Date {
    invariant(this.measured, 'the clock has been synchronised once');
    return new Date(this.measured.databaseMs + Math.floor(performance.now() - this.measured.monotonicMs));
  }

  async synchronise(): Promise<Date> {
    const [row] = await this.work.reader.query<[{ now: Date }]>('select database_time() as now');
    this.measured = { databaseMs: row.now.getTime(), monotonicMs: performance.now() };
    return row.now;
  }
}
