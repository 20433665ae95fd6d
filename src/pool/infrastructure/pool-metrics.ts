import { Injectable, OnModuleInit } from '@nestjs/common';
import { Metrics } from '../../shared/application/metrics';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';

/** One look-up in the index of pools that wait for their beacon. */
const OVERDUE = `
  select greatest(extract(epoch from database_time() - decided_at), 0)::float8 as seconds
  from pools where state = 'sealed' order by decided_at, id limit 1`;

@Injectable()
export class PoolMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly work: TypeOrmUnitOfWork,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      {
        name: 'lottery_pools_overdue_seconds',
        help: 'Seconds since the beacon round that decides the oldest sealed pool which is not drawn; else 0.',
      },
      async () => {
        const rows = await this.work.reader.query<{ seconds: number | null }[]>(OVERDUE);
        return [{ labels: {}, value: rows[0]?.seconds ?? 0 }];
      },
    );
  }
}
