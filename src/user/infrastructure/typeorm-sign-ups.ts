import { Injectable } from '@nestjs/common';
import { ServiceConfig } from '../../platform/config/service-config';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { SignUps } from '../application/sign-ups';
import { TooManySignUps } from '../domain/errors';
import { AttemptCounts } from './attempt-counts';
import { UserConfig } from './user-config';

/** Holds in production if nothing is configured: an office or a school may sign up on one day, a robot makes few. */
const IN_PRODUCTION_PER_HOUR = 100;

/** Counts sign-ups in PostgreSQL, for all replicas together. */
@Injectable()
export class TypeOrmSignUps extends SignUps {
  /** 0: there is no limit. */
  private readonly mostPerHour: number;
  private readonly counts: AttemptCounts;

  constructor(
    { ADDRESS_SIGN_UPS_PER_HOUR }: UserConfig,
    { NODE_ENV }: ServiceConfig,
    private readonly work: TypeOrmUnitOfWork,
  ) {
    super();
    this.mostPerHour = ADDRESS_SIGN_UPS_PER_HOUR ?? (NODE_ENV === 'production' ? IN_PRODUCTION_PER_HOUR : 0);
    this.counts = new AttemptCounts(work);
  }

  async take(address: string): Promise<void> {
    if (this.mostPerHour === 0) return;
    const { counted, secondsLeft } = await this.work.run(async () => {
      const own = await this.counts.countInWindow(`sign-ups:${address}`);
      // Last: who waits for rows of others before the own one can wait for each other.
      await this.counts.clearAway();
      return own;
    });
    if (counted > this.mostPerHour) throw new TooManySignUps(secondsLeft);
  }
}
