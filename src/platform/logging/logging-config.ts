import { IsIn } from 'class-validator';

/** What the log holds, as .env.example documents it. */
export class LoggingConfig {
  @IsIn(['debug', 'log', 'warn', 'error'])
  readonly LOG_LEVEL: 'debug' | 'log' | 'warn' | 'error' = 'log';

  /** Requests that get a line of their own in the log; `problems`: those that failed or were slow. */
  @IsIn(['none', 'problems', 'all'])
  readonly LOG_REQUESTS: 'none' | 'problems' | 'all' = 'problems';
}
