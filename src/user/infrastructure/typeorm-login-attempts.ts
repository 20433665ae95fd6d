import { Injectable } from '@nestjs/common';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { LoginAttempt, LoginAttempts } from '../application/login-attempts';
import { TooManyLoginAttempts } from '../domain/errors';
import * as limits from '../domain/login-limits';
import { usernameKey } from '../domain/username';
import { AttemptCounts } from './attempt-counts';

/**
 * Counts attempts in PostgreSQL, for all replicas together. Locks the account, then the account from the address, then
 * the address, so that concurrent attempts queue and never deadlock. A known address does not touch the account: it
 * waits for no guess from elsewhere.
 */
@Injectable()
export class TypeOrmLoginAttempts extends LoginAttempts {
  private readonly counts: AttemptCounts;

  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
    this.counts = new AttemptCounts(work);
  }

  take(attempt: LoginAttempt): Promise<boolean> {
    // A refusal rolls all back: an attempt refused by its address does not count for the account.
    return this.work.run(async () => {
      const isKnown = await this.isKnown(attempt);
      const isGuessed = !isKnown && (await this.isGuessed(attempt));
      const limit = isGuessed ? limits.GUESSED_ACCOUNT_LIMIT : limits.ACCOUNT_LIMIT;
      await this.takeOne(fromAddress(attempt), limit);
      await this.takeOne(addressOf(attempt), limits.ADDRESS_LIMIT);
      await this.counts.clearAway();
      return isKnown;
    });
  }

  succeed(attempt: LoginAttempt): Promise<void> {
    return this.work.run(async () => {
      await this.work.writer.query('delete from login_attempts where subject = $1', [fromAddress(attempt)]);
      await this.counts.giveBack(addressOf(attempt));
      await this.remember(attempt);
    });
  }

  undo(attempt: LoginAttempt, isKnown: boolean): Promise<void> {
    return this.work.run(async () => {
      if (!isKnown) await this.counts.uncount(accountOf(attempt));
      await this.counts.giveBack(fromAddress(attempt));
      await this.counts.giveBack(addressOf(attempt));
    });
  }

  private async isKnown({ username, address }: LoginAttempt): Promise<boolean> {
    const found = await this.work.reader.query<unknown[]>(
      `select from known_addresses where username_key = $1 and address = $2
         and last_login_at > database_time() - make_interval(days => $3)`,
      [usernameKey(username), address, limits.ADDRESS_KNOWN_DAYS],
    );
    return found.length > 0;
  }

  private async isGuessed(attempt: LoginAttempt): Promise<boolean> {
    const { counted } = await this.counts.countInWindow(accountOf(attempt));
    return counted > limits.GUESSING_ATTEMPTS;
  }

  private async takeOne(subject: string, limit: limits.LoginLimit): Promise<void> {
    const waitSeconds = await this.counts.take(subject, limit);
    if (waitSeconds > 0) throw new TooManyLoginAttempts(waitSeconds);
  }

  private async remember({ username, address }: LoginAttempt): Promise<void> {
    const key = usernameKey(username);
    await this.work.writer.query(
      `insert into known_addresses (username_key, address, last_login_at) values ($1, $2, database_time())
       on conflict (username_key, address) do update set last_login_at = excluded.last_login_at`,
      [key, address],
    );
    await this.work.writer.query(
      `delete from known_addresses where username_key = $1 and address in (
         select address from known_addresses where username_key = $1 order by last_login_at desc offset $2)`,
      [key, limits.MOST_KNOWN_ADDRESSES],
    );
  }
}

function accountOf({ username }: LoginAttempt): string {
  return `account:${usernameKey(username)}`;
}

/** Of the account from the address; no address holds an @. */
function fromAddress(attempt: LoginAttempt): string {
  return `${accountOf(attempt)}@${attempt.address}`;
}

function addressOf({ address }: LoginAttempt): string {
  return `address:${address}`;
}
