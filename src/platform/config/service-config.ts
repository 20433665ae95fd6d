import { ArrayUnique, IsIn, Length, Matches } from 'class-validator';
import { names } from './config-formats';

/**
 * api: answers requests. scheduler: does what is due. relay: delivers events. consumer: takes in what other services
 * publish.
 */
const ROLES = ['api', 'scheduler', 'relay', 'consumer'] as const;
export type Role = (typeof ROLES)[number];

/** What the service is, and what this process of it does, as .env.example documents it. */
export class ServiceConfig {
  @IsIn(['development', 'test', 'production'])
  readonly NODE_ENV: 'development' | 'test' | 'production' = 'development';

  /**
   * Names the keys and logs for ever. ASCII, because every verifier, in any language and of any age, must take it for a
   * name: which other characters are printable depends on the version of Unicode.
   */
  @Matches(/^[!-*,-~]{1,100}$/, {
    message: 'ORIGIN must be 1 to 100 printable ASCII characters without white space or plus sign',
  })
  readonly ORIGIN: string = 'lottery.local';

  @Length(1, 4096)
  readonly DATA_DIR: string = '.data';

  /** What this process does; together, the processes of an installation must do everything. */
  @names
  @ArrayUnique()
  @IsIn(ROLES, { each: true, message: `ROLES must be some of ${ROLES.join(', ')}, separated by commas` })
  readonly ROLES: readonly Role[] = ROLES;
}

/** For what depends on where the service runs. */
export type Environment = Pick<ServiceConfig, 'NODE_ENV'>;

export function hasRole({ ROLES }: Pick<ServiceConfig, 'ROLES'>, role: Role): boolean {
  return ROLES.includes(role);
}
