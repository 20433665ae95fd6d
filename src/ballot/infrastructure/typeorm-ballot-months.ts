import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/application/clock';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { BallotMonths, PreparedMonths } from '../ballot.api';
import { STRAYS } from './archivable-statements';

const MONTHS_AHEAD = 2;
const HOUR_MS = 3_600_000;

/** The function acts with the rights of who owns the tables, and knows what there is already. */
const ENSURE = `
  select ensure_ballot_partition((database_time() at time zone 'UTC' + make_interval(months => ahead))::date) as made
  from generate_series(0, ${MONTHS_AHEAD}) as ahead`;

@Injectable()
export class TypeOrmBallotMonths extends BallotMonths {
  private preparedHour: number | null = null;

  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async prepare(): Promise<PreparedMonths | null> {
    const hour = Math.floor(this.clock.now().getTime() / HOUR_MS);
    if (hour === this.preparedHour) return null;
    // Also after a failure the next look is in an hour: there is room for two months.
    this.preparedHour = hour;
    const rows = await this.work.reader.query<{ made: string | null }[]>(ENSURE);
    const [row] = await this.work.reader.query<[{ strays: boolean }]>(STRAYS);
    return { made: rows.flatMap(({ made }) => made ?? []), strays: row.strays };
  }
}
