import { Injectable } from '@nestjs/common';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { LoginAttempt, LoginAttempts } from '../application/login-attempts';
import { TooManyLoginAttempts } from '../domain/errors';
import { ACCOUNT_LIMIT, ADDRESS_LIMIT, ATTEMPTS_REMEMBERED_SECONDS, LoginLimit } from '../domain/login-limits';
import { usernameKey } from '../domain/username';

/** Each attempt adds at most two rows and deletes at most this many: rows cannot pile up, and no attempt waits long. */
const CLEARED_AT_ONCE = 10;

/**
 * Counts attempts in PostgreSQL, for all replicas together. Locks the account before the address, so that concurrent
 * attempts queue and never deadlock.
 */
@Injectable()
export class TypeOrmLoginAttempts extends LoginAttempts {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  take(attempt: LoginAttempt): Promise<void> {
    // A refusal rolls both back: an attempt refused by its address does not use up the account's attempts.
    return this.work.run(async () => {
      await this.takeOne(accountOf(attempt), ACCOUNT_LIMIT);
      await this.takeOne(addressOf(attempt), ADDRESS_LIMIT);
      await this.clearAway();
    });
  }

  succeed(attempt: LoginAttempt): Promise<void> {
    return this.work.run(async () => {
      await this.work.writer.query('delete from login_attempts where subject = $1', [accountOf(attempt)]);
      await this.giveBack(addressOf(attempt));
    });
  }

  undo(attempt: LoginAttempt): Promise<void> {
    return this.work.run(async () => {
      await this.giveBack(accountOf(attempt));
      await this.giveBack(addressOf(attempt));
    });
  }

  /** One statement decides and counts, under the row's lock; no returned row means: wait. */
  private async takeOne(subject: string, { freeAttempts, longestWaitSeconds }: LoginLimit): Promise<void> {
    const taken = await this.work.writer.query<unknown[]>(
      `insert into login_attempts as known (subject, attempts, last_attempt_at, next_attempt_at)
       values ($1, 1, database_time(), database_time())
       on conflict (subject) do update set (attempts, last_attempt_at, next_attempt_at) = (
         select counted, now, now + interval '1 second' *
             case when counted < $2 then 0 else least($3, 2 ^ least(counted - $2, 30)) end
           from (
             select now,
                case when known.last_attempt_at < now - make_interval(secs => $4) then 1 else known.attempts + 1 end
               as counted
               from (select database_time() as now) as moment
           ) as attempt)
       where known.next_attempt_at <= database_time()
       returning subject`,
      [subject, freeAttempts, longestWaitSeconds, ATTEMPTS_REMEMBERED_SECONDS],
    );
    if (taken.length === 0) throw new TooManyLoginAttempts(await this.secondsToWait(subject));
  }

  private async secondsToWait(subject: string): Promise<number> {
    const [row] = await this.work.writer.query<{ seconds: number }[]>(
      `select ceil(extract(epoch from next_attempt_at - database_time()))::integer as seconds
         from login_attempts where subject = $1`,
      [subject],
    );
    return Math.max(1, row?.seconds ?? 1);
  }

  private async giveBack(subject: string): Promise<void> {
    await this.work.writer.query(
      `update login_attempts set attempts = attempts - 1, next_attempt_at = database_time()
         where subject = $1 and attempts > 0`,
      [subject],
    );
  }

  private async clearAway(): Promise<void> {
    await this.work.writer.query(
      `delete from login_attempts where subject in (
         select subject from login_attempts where last_attempt_at < database_time() - make_interval(secs => $1)
           order by last_attempt_at limit $2 for update skip locked)`,
      [ATTEMPTS_REMEMBERED_SECONDS, CLEARED_AT_ONCE],
    );
  }
}

function accountOf({ username }: LoginAttempt): string {
  return `account:${usernameKey(username)}`;
}

function addressOf({ address }: LoginAttempt): string {
  return `address:${address}`;
}
