import { DatabaseClock } from '../../src/platform/database/database-clock';
import type { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { NoMetrics } from '../../src/shared/application/metrics';

/** A bound that no test reaches which moves the database's clock, into other centuries too. */
export const ANY_CLOCK = '4000000000';

/** The service's clock; it trusts a database's clock that a test moves unless told otherwise. */
export function clockOf(work: TypeOrmUnitOfWork, MAX_CLOCK_SKEW_SECONDS = Number(ANY_CLOCK)): DatabaseClock {
  return new DatabaseClock(work, { MAX_CLOCK_SKEW_SECONDS }, new NoMetrics());
}
