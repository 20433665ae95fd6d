import { IsInt, IsOptional, Length, Max, MaxLength, Min, MinLength, ValidateBy } from 'class-validator';
import { names, whole } from '../config/config-formats';
import { MIN_SECRET_LENGTH, secretFaults, Usable } from '../config/secret-faults';
import type { Environment } from '../config/service-config';

/** Each request is compared with all of them. */
const MAX_ORIGINS = 100;

/** Where the service listens, and whom it answers, as .env.example documents it. */
export class HttpConfig {
  /** 0: any free port. */
  @whole
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly PORT: number = 8000;

  @Length(1, 255)
  readonly HOST: string = 'localhost';

  /** Number of reverse proxies in front; the client's address is taken from that many hops of X-Forwarded-For. */
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

  /** The address of the pages: scheme, host and port, nothing else. */
  @IsOptional()
  @ValidateBy({
    name: 'publicUrl',
    validator: {
      validate: isOrigin,
      defaultMessage: () => 'PUBLIC_URL must be an address like https://lottery.example, without a path',
    },
  })
  readonly PUBLIC_URL?: string;

  /** Opens the routes that are for the operator. Made up if it is absent, except in production. */
  @IsOptional()
  @MinLength(MIN_SECRET_LENGTH)
  @MaxLength(255)
  @Usable('INTERNAL_CLOSE_TOKEN')
  readonly INTERNAL_CLOSE_TOKEN?: string;

  static faults(config: HttpConfig & Environment): readonly string[] {
    return secretFaults(config, { needed: ['INTERNAL_CLOSE_TOKEN'] });
  }
}

/** An origin as browsers send it: scheme, host and port, nothing else; or all of them. */
function Origins(): PropertyDecorator {
  return ValidateBy({
    name: 'origins',
    validator: {
      validate: (value: string[]) => value.length <= MAX_ORIGINS && value.every((one) => one === '*' || isOrigin(one)),
      defaultMessage: () =>
        `CORS_ORIGINS must be * or 1 to ${MAX_ORIGINS} origins like https://lottery.example, separated by commas`,
    },
  });
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
