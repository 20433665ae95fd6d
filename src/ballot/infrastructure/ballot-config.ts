import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { whole } from '../../platform/config/config-formats';

/** How many ballots a player may have, as .env.example documents it. */
export class BallotConfig {
  /** Most ballots of one player in the lottery of a day; any number if it is absent. */
  @IsOptional()
  @whole
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  readonly BALLOTS_PER_PLAYER?: number;
}
