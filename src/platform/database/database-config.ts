import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { whole } from '../config/config-formats';
import { databaseUrlFault } from './database-url';

/** How PostgreSQL is reached, as .env.example documents it. */
export class DatabaseConfig {
  /** Without it the service runs a PostgreSQL of its own. */
  @IsOptional()
  @IsString()
  readonly DATABASE_URL?: string;

  /** The login that owns the tables and migrates them; absent: that of DATABASE_URL. */
  @IsOptional()
  @IsString()
  readonly DATABASE_OWNER_URL?: string;

  /** Connections of each process. */
  @whole
  @IsInt()
  @Min(2)
  @Max(1000)
  readonly DATABASE_POOL_SIZE: number = 10;

  /**
   * By how much the clocks of process and database may differ, and the database's may step. Beyond it the process is
   * not ready, and opens, seals and draws nothing. Access tokens, log lines and midnight are off by as much; NTP keeps
   * machines within a tenth of a second. Only tests move clocks: they set more.
   */
  @whole
  @IsInt()
  @Min(1)
  readonly MAX_CLOCK_SKEW_SECONDS: number = 1;

  /** The role in which the service works. It is found out at the start, not configured. Absent: that of its login. */
  readonly databaseRole?: string | undefined;

  /** The schema of the tables, found out at the start. Absent: as the search path of the login says. */
  readonly databaseSchema?: string | undefined;

  /** Where PostgreSQL keeps its files, if it is on this machine and ours. It is found out at the start. */
  readonly databaseFolder?: string | undefined;

  static faults(config: DatabaseConfig): readonly string[] {
    return (['DATABASE_URL', 'DATABASE_OWNER_URL'] as const).flatMap((name) => {
      const fault = config[name] === undefined ? null : databaseUrlFault(config[name]);
      return fault === null ? [] : [`${name} ${fault}`];
    });
  }
}
