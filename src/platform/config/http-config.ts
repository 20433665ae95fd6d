import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { names, Origins, whole } from './config-formats';
import { KafkaConfig } from './kafka-config';

/** More than one process answers. */
const MAX_PER_SECOND = 1_000_000;

/** Whom the service answers, and how often, as .env.example documents it. */
export class HttpConfig extends KafkaConfig {
  /** How many reverse proxies stand in front; the client's address is taken from that many hops of X-Forwarded-For. */
  @whole
  @IsInt()
  @Min(0)
  @Max(10)
  readonly TRUST_PROXY_HOPS: number = 0;

  /** Origins of pages that may call; without it, none but our own. */
  @IsOptional()
  @names
  @Origins()
  readonly CORS_ORIGINS?: readonly string[];

  /** Requests from one client address; 0: any number. */
  @IsOptional()
  @whole
  @IsInt()
  @Min(0)
  @Max(MAX_PER_SECOND)
  readonly ADDRESS_REQUESTS_PER_SECOND?: number;

  /** Requests of one user, but for ballots; 0: any number. */
  @IsOptional()
  @whole
  @IsInt()
  @Min(0)
  @Max(MAX_PER_SECOND)
  readonly USER_REQUESTS_PER_SECOND?: number;

  /** Ballots of one user; 0: any number. */
  @IsOptional()
  @whole
  @IsInt()
  @Min(0)
  @Max(MAX_PER_SECOND)
  readonly USER_BALLOTS_PER_SECOND?: number;

  /** Where replicas count requests together. Without it each counts for itself. */
  @IsOptional()
  @Matches(/^rediss?:\/\/\S+$/, { message: 'REDIS_URL must be a redis:// or rediss:// URL' })
  readonly REDIS_URL?: string;
}
