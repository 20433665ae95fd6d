import { IsInt, IsOptional, Matches, Max, Min, MinLength, ValidateIf } from 'class-validator';
import { whole } from '../../platform/config/config-formats';
import { MIN_SECRET_LENGTH, secretFaults, Usable } from '../../platform/config/secret-faults';
import type { Environment } from '../../platform/config/service-config';
import type { HttpConfig } from '../../platform/http/http-config';
import { PlainText } from '../../platform/http/plain-text';
import { USERNAME } from '../domain/username';

const hasAdmin = (config: UserConfig): boolean =>
  config.ADMIN_USERNAME !== undefined || config.ADMIN_PASSWORD !== undefined;

/** How people prove who they are, as .env.example documents it. */
export class UserConfig {
  /** Signs access tokens. Made up if it is absent, except in production. */
  @IsOptional()
  @MinLength(MIN_SECRET_LENGTH)
  @Usable('JWT_SECRET')
  readonly JWT_SECRET?: string;

  @ValidateIf(hasAdmin)
  @Matches(USERNAME, { message: 'ADMIN_USERNAME must be 3 to 32 letters, digits, dots, _ or -' })
  readonly ADMIN_USERNAME?: string;

  /** As a log-in takes it. */
  @ValidateIf(hasAdmin)
  @PlainText(8, 128)
  readonly ADMIN_PASSWORD?: string;

  /** Accounts that one address may make in an hour; 0: any number. In production 100 if it is absent, elsewhere 0. */
  @IsOptional()
  @whole
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly ADDRESS_SIGN_UPS_PER_HOUR?: number;

  static faults(config: UserConfig & HttpConfig & Environment): readonly string[] {
    const { NODE_ENV, JWT_SECRET, INTERNAL_CLOSE_TOKEN } = config;
    const isOne = JWT_SECRET !== undefined && JWT_SECRET === INTERNAL_CLOSE_TOKEN;
    return [
      ...secretFaults(config, { needed: ['JWT_SECRET'] }),
      ...(NODE_ENV === 'production' && isOne ? ['JWT_SECRET and INTERNAL_CLOSE_TOKEN must differ'] : []),
    ];
  }
}
