import { IsIn, IsInt, IsOptional, Length, Max, Min } from 'class-validator';
import { whole } from './config-formats';

/** How the service is watched, as .env.example documents it. */
export class ObservationConfig {
  /** Requests that get a line of their own in the log; `problems`: those that failed or were slow. */
  @IsIn(['none', 'problems', 'all'])
  readonly LOG_REQUESTS: 'none' | 'problems' | 'all' = 'problems';

  /** Without it nothing is measured and nothing is served. */
  @IsOptional()
  @whole
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly METRICS_PORT?: number;

  @Length(1, 255)
  readonly METRICS_HOST: string = 'localhost';
}
