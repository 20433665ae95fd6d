import { Injectable, OnModuleInit } from '@nestjs/common';
import { Metrics } from '../../shared/application/metrics';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { LOTTERY_STATES } from '../domain/lottery';

/** An index with an entry for each day. */
const BY_STATE = 'select state, count(*)::integer as value from lotteries group by state';

const OVERDUE = `
  select state, extract(epoch from database_time() - (min(date) + 1)::timestamp at time zone 'UTC')::float8 as value
  from lotteries where state in ('open', 'sealed') and date < (database_time() at time zone 'UTC')::date
  group by state`;

/** Metrics of the days. The same at all replicas, because they are read from the database. */
@Injectable()
export class LotteryMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly work: TypeOrmUnitOfWork,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge({ name: 'lottery_lotteries', help: 'Lotteries by state.', labels: ['state'] }, () =>
      this.ofStates(LOTTERY_STATES, BY_STATE),
    );
    this.metrics.gauge(
      {
        name: 'lottery_overdue_seconds',
        help: 'Seconds since the midnight that ended the oldest day still open, or sealed and not drawn; otherwise 0.',
        labels: ['state'],
      },
      () => this.ofStates(['open', 'sealed'], OVERDUE),
    );
  }

  private async ofStates(states: readonly string[], query: string) {
    const rows = await this.work.reader.query<{ state: string; value: number }[]>(query);
    const values = new Map(rows.map(({ state, value }) => [state, value]));
    return states.map((state) => ({ labels: { state }, value: values.get(state) ?? 0 }));
  }
}
