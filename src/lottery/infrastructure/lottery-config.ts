import { PerSecond } from '../../platform/throttling/throttling-config';

/** How often players take part, as .env.example documents it. */
export class LotteryConfig {
  /** Ballots of one user. */
  @PerSecond()
  readonly USER_BALLOTS_PER_SECOND?: number;
}
