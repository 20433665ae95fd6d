import type { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { ATTEMPTS_REMEMBERED_SECONDS, LoginLimit } from '../domain/login-limits';

/** Each attempt adds at most three rows and deletes at most this many: they cannot pile up, no attempt waits long. */
const CLEARED_AT_ONCE = 10;

/**
 * Counts attempts by subject in the table login_attempts. Each call belongs to a unit of work. An end of a wait that is
 * further away than any wait was set by a clock that has gone back: it is over.
 */
export class AttemptCounts {
  constructor(private readonly work: TypeOrmUnitOfWork) {}

  /** Counts an attempt, or returns the seconds to wait. One statement decides and counts, under the row's lock. */
  async take(subject: string, { freeAttempts, longestWaitSeconds }: LoginLimit): Promise<number> {
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
          or known.next_attempt_at > database_time() + make_interval(secs => $3)
       returning subject`,
      [subject, freeAttempts, longestWaitSeconds, ATTEMPTS_REMEMBERED_SECONDS],
    );
    return taken.length > 0 ? 0 : this.secondsToWait(subject);
  }

  /** Counts an attempt in a window of ATTEMPTS_REMEMBERED_SECONDS; also returns the seconds until the window ends. */
  async countInWindow(subject: string): Promise<{ readonly counted: number; readonly secondsLeft: number }> {
    const isOver = `(known.next_attempt_at <= excluded.last_attempt_at
      or known.next_attempt_at > excluded.next_attempt_at)`;
    const [row] = await this.work.writer.query<[{ counted: number; secondsLeft: number }]>(
      `insert into login_attempts as known (subject, attempts, last_attempt_at, next_attempt_at)
       select $1, 1, now, now + make_interval(secs => $2) from (select database_time() as now) as moment
       on conflict (subject) do update set
         attempts = case when ${isOver} then 1 else known.attempts + 1 end,
         last_attempt_at = case when ${isOver} then excluded.last_attempt_at else known.last_attempt_at end,
         next_attempt_at = case when ${isOver} then excluded.next_attempt_at else known.next_attempt_at end
       returning attempts as counted,
         greatest(1, ceil(extract(epoch from next_attempt_at - database_time())))::integer as "secondsLeft"`,
      [subject, ATTEMPTS_REMEMBERED_SECONDS],
    );
    return row;
  }

  /** Takes an attempt back from its window, which ends when it did. */
  async uncount(subject: string): Promise<void> {
    await this.work.writer.query(
      'update login_attempts set attempts = attempts - 1 where subject = $1 and attempts > 0',
      [subject],
    );
  }

  /** Takes an attempt back, and the wait that it caused. */
  async giveBack(subject: string): Promise<void> {
    await this.work.writer.query(
      `update login_attempts set attempts = attempts - 1, next_attempt_at = database_time()
         where subject = $1 and attempts > 0`,
      [subject],
    );
  }

  /** Deletes some counts that are no longer remembered. */
  async clearAway(): Promise<void> {
    await this.work.writer.query(
      `delete from login_attempts where subject in (
         select subject from login_attempts where last_attempt_at < database_time() - make_interval(secs => $1)
           order by last_attempt_at limit $2 for update skip locked)`,
      [ATTEMPTS_REMEMBERED_SECONDS, CLEARED_AT_ONCE],
    );
  }

  private async secondsToWait(subject: string): Promise<number> {
    const [row] = await this.work.writer.query<{ seconds: number }[]>(
      `select ceil(extract(epoch from next_attempt_at - database_time()))::integer as seconds
         from login_attempts where subject = $1`,
      [subject],
    );
    return Math.max(1, row?.seconds ?? 1);
  }
}
