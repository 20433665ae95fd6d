import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { whole } from '../config/config-formats';

/** How PostgreSQL is reached, as .env.example documents it. */
export class DatabaseConfig {
  /** Without it the service runs a PostgreSQL of its own. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: 'DATABASE_URL must be a postgres:// URL' })
  readonly DATABASE_URL?: string;

  /** The login that owns the tables and migrates them; absent: that of DATABASE_URL. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: 'DATABASE_OWNER_URL must be a postgres:// URL' })
  readonly DATABASE_OWNER_URL?: string;

  /** Connections of each process. */
  @whole
  @IsInt()
  @Min(2)
  @Max(1000)
  readonly DATABASE_POOL_SIZE: number = 10;

  /** The role in which the service works. It is found out at the start, not configured. Absent: that of its login. */
  readonly databaseRole?: string | undefined;
}
