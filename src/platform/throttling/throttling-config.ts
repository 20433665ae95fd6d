import { applyDecorators } from '@nestjs/common';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { whole } from '../config/config-formats';

/** More than one process answers. */
const MAX_PER_SECOND = 1_000_000;

/** For a setting that is a limit: requests per second; 0: any number. */
export const PerSecond = () => applyDecorators(IsOptional(), whole, IsInt(), Min(0), Max(MAX_PER_SECOND));

/** How often the service answers, as .env.example documents it. */
export class ThrottlingConfig {
  /** Requests from one client address. */
  @PerSecond()
  readonly ADDRESS_REQUESTS_PER_SECOND?: number;

  /** Requests of one user on routes that name no limit of their own. */
  @PerSecond()
  readonly USER_REQUESTS_PER_SECOND?: number;

  /** Where replicas count requests together. Without it each counts for itself. */
  @IsOptional()
  @Matches(/^rediss?:\/\/\S+$/, { message: 'REDIS_URL must be a redis:// or rediss:// URL' })
  readonly REDIS_URL?: string;
}
