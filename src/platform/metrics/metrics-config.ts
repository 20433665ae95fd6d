import { IsInt, IsOptional, Length, Max, Min } from 'class-validator';
import { whole } from '../config/config-formats';

/** Where the metrics are served, as .env.example documents it. */
export class MetricsConfig {
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
