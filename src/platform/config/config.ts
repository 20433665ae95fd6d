import { plainToInstance } from 'class-transformer';
import {
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  validateSync,
} from 'class-validator';
import { ArchiveConfig } from './archive-config';
import { addresses, names, PUBLIC_RELAYS, Relays, whole } from './config-formats';

const SIGNING_KEY = /^[A-Za-z0-9+/]{43}=$/;
const WEAK_SECRET = /change[-_ ]?me|secret|password|example|token|0123456789|1234567890/i;
/** 32 random hex digits have fewer distinct ones about once in a million. */
const MIN_DISTINCT_CHARACTERS = 8;
/** Secrets shorter than this can be guessed: 32 characters are at least 128 bits even in hex. */
const MIN_SECRET_LENGTH = 32;

/**
 * api: answers requests. scheduler: opens and closes lotteries, and draws what waits for a beacon. relay: delivers
 * events and webhooks. consumer: takes in what other services publish.
 */
const ROLES = ['api', 'scheduler', 'relay', 'consumer'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Everything that can be configured, as .env.example documents it. Absent secrets are made up, except in production.
 */
export class Config extends ArchiveConfig {
  @IsIn(['development', 'test', 'production'])
  readonly NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @whole
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly PORT: number = 8000;

  @Length(1, 255)
  readonly HOST: string = 'localhost';

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: 'DATABASE_URL must be a postgres:// URL' })
  readonly DATABASE_URL?: string;

  /** Who owns the tables and migrates them; absent: whom DATABASE_URL names. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: 'DATABASE_OWNER_URL must be a postgres:// URL' })
  readonly DATABASE_OWNER_URL?: string;

  @whole
  @IsInt()
  @Min(2)
  @Max(1000)
  readonly DATABASE_POOL_SIZE: number = 10;

  @Length(1, 4096)
  readonly DATA_DIR: string = '.data';

  @Matches(/^[^\s+]{1,100}$/u, { message: 'ORIGIN must be 1 to 100 characters without white space or plus sign' })
  readonly ORIGIN: string = 'lottery.local';

  @IsOptional()
  @Matches(SIGNING_KEY, { message: 'SIGNING_KEY must be 32 random bytes in base64 (openssl rand -base64 32)' })
  readonly SIGNING_KEY?: string;

  /** While keys change: draws that were opened with this one are finished with it. */
  @IsOptional()
  @Matches(SIGNING_KEY, { message: 'OTHER_SIGNING_KEY must be 32 random bytes in base64 (openssl rand -base64 32)' })
  readonly OTHER_SIGNING_KEY?: string;

  @IsOptional()
  @MinLength(MIN_SECRET_LENGTH)
  readonly JWT_SECRET?: string;

  @IsOptional()
  @MinLength(MIN_SECRET_LENGTH)
  @MaxLength(255)
  readonly INTERNAL_CLOSE_TOKEN?: string;

  @ValidateIf((config: Config) => config.ADMIN_USERNAME !== undefined || config.ADMIN_PASSWORD !== undefined)
  @Matches(/^[\p{L}\p{N}._-]{3,32}$/u, { message: 'ADMIN_USERNAME must be 3 to 32 letters, digits, dots, _ or -' })
  readonly ADMIN_USERNAME?: string;

  @ValidateIf((config: Config) => config.ADMIN_USERNAME !== undefined || config.ADMIN_PASSWORD !== undefined)
  @Length(8, 128)
  readonly ADMIN_PASSWORD?: string;

  /** Where the randomness of new draws comes from, besides the secret that they are committed to. */
  @IsIn(['none', 'drand'])
  readonly BEACON: 'none' | 'drand' = 'none';

  /** Without trailing slashes. */
  @addresses
  @Relays()
  readonly DRAND_RELAYS: readonly string[] = PUBLIC_RELAYS;

  /** A file with the JSON that `/info` of another drand chain gives. */
  @IsOptional()
  @Length(1, 4096)
  readonly DRAND_CHAIN_INFO?: string;

  /** What this process does; together, the processes of an installation must do everything. */
  @names
  @ArrayUnique()
  @IsIn(ROLES, { each: true, message: `ROLES must be some of ${ROLES.join(', ')}, separated by commas` })
  readonly ROLES: readonly Role[] = ROLES;

  /** Whether webhooks may be sent to private addresses, and without TLS: for development and closed networks. */
  @IsIn(['true', 'false'])
  readonly WEBHOOKS_ALLOW_PRIVATE: 'true' | 'false' = 'false';

  @IsIn(['debug', 'log', 'warn', 'error'])
  readonly LOG_LEVEL: 'debug' | 'log' | 'warn' | 'error' = 'log';
}

/** A configuration with which the service can start. */
export type CompleteConfig = Config & {
  readonly DATABASE_URL: string;
  readonly SIGNING_KEY: string;
  readonly JWT_SECRET: string;
  readonly INTERNAL_CLOSE_TOKEN: string;
  /** As which the service works in the database; it is found out at the start. Absent: as its login. */
  readonly databaseRole?: string | undefined;
};

export function hasRole({ ROLES }: Pick<Config, 'ROLES'>, role: Role): boolean {
  return ROLES.includes(role);
}

const SECRETS = ['SIGNING_KEY', 'JWT_SECRET', 'INTERNAL_CLOSE_TOKEN'] as const;

export class ConfigurationRefused extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee .env.example.`);
  }
}

/**
 * Reads the environment once; the only place that does. Values never appear in a message, only names.
 *
 * @throws ConfigurationRefused with every fault at once.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const config = plainToInstance(Config, present(environment), { exposeDefaultValues: true });
  const faults = validateSync(config, { validationError: { target: false, value: false } }).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );
  if (config.SIGNING_KEY !== undefined && config.SIGNING_KEY === config.OTHER_SIGNING_KEY) {
    faults.push('SIGNING_KEY and OTHER_SIGNING_KEY must differ');
  }
  if (config.NODE_ENV === 'production') faults.push(...productionFaults(config));
  if (faults.length > 0) throw new ConfigurationRefused(faults);
  return config;
}

function present(environment: NodeJS.ProcessEnv): Record<string, string> {
  const names = Object.keys(environment).filter((name) => environment[name] !== '');
  return Object.fromEntries(names.map((name) => [name, environment[name] as string]));
}

function productionFaults(config: Config): string[] {
  const missing = SECRETS.filter((name) => config[name] === undefined).map((name) => `${name} is missing`);
  const given = [...SECRETS, 'OTHER_SIGNING_KEY' as const].filter((name) => config[name] !== undefined);
  const weak = given
    .filter((name) => isWeak(config[name] as string))
    .map((name) => `${name} is weak: use random characters (openssl rand ${/KEY/.test(name) ? '-base64' : '-hex'} 32)`);
  const faults = [...missing, ...weak];
  if (config.JWT_SECRET !== undefined && config.JWT_SECRET === config.INTERNAL_CLOSE_TOKEN) {
    faults.push('JWT_SECRET and INTERNAL_CLOSE_TOKEN must differ');
  }
  if (config.KAFKA_SASL_MECHANISM === 'plain' && !config.KAFKA_SSL) {
    faults.push('KAFKA_SASL_MECHANISM plain sends the password as it is: it needs KAFKA_SSL=true');
  }
  return faults;
}

function isWeak(secret: string): boolean {
  return WEAK_SECRET.test(secret) || new Set(secret).size < MIN_DISTINCT_CHARACTERS;
}
