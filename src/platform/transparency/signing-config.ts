import { IsOptional, Matches } from 'class-validator';
import { secretFaults } from '../config/secret-faults';
import type { Environment } from '../config/service-config';

const SEED = /^[A-Za-z0-9+/]{43}=$/;

/** The keys that sign statements, as .env.example documents them. */
export class SigningConfig {
  /** Made up if it is absent, except in production. */
  @IsOptional()
  @Matches(SEED, { message: 'SIGNING_KEY must be 32 random bytes in base64 (openssl rand -base64 32)' })
  readonly SIGNING_KEY?: string;

  /** While keys change: what was begun with this one is finished with it. */
  @IsOptional()
  @Matches(SEED, { message: 'OTHER_SIGNING_KEY must be 32 random bytes in base64 (openssl rand -base64 32)' })
  readonly OTHER_SIGNING_KEY?: string;

  static faults(config: SigningConfig & Environment): readonly string[] {
    const { SIGNING_KEY: key, OTHER_SIGNING_KEY: other } = config;
    const same = key !== undefined && key === other ? ['SIGNING_KEY and OTHER_SIGNING_KEY must differ'] : [];
    return [...same, ...secretFaults(config, { needed: ['SIGNING_KEY'], optional: ['OTHER_SIGNING_KEY'] })];
  }
}
