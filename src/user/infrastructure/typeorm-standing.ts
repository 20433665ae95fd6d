import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { prepared } from '../../platform/database/statements';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { AccessTokenInvalid, SignedInUser } from '../../platform/http/access-tokens';
import { Standing } from '../../platform/http/standing';
import { SingleFlight } from '../../platform/retry/single-flight';
import { ACCESS_TOKEN_SECONDS } from './jwt-access-tokens';

/** What is older than this is read again before anyone is admitted. */
const MAX_AGE_MS = 1_000;
/** What is older than this is read again meanwhile, so that a busy service keeps no caller waiting. */
const REFRESH_AGE_MS = 500;
/** How long an ended session is remembered: longer than its last access token lasts, if clocks differ by a minute. */
const REMEMBERED_SECONDS = ACCESS_TOKEN_SECONDS + 60;
/** A log-out becomes visible this long after its time at most: no transaction lasts longer (data-source.ts). */
const COMMITTED_WITHIN_SECONDS = 15;

interface Row {
  readonly now: Date;
  readonly admins: readonly string[];
  readonly ended: readonly string[];
}

/** The admins who may act, and the sessions that ended since the last time, or in the lifetime of an access token. */
const READ = prepared(`
  with since as materialized (
    select now, least(coalesce($1::timestamptz, now - interval '${REMEMBERED_SECONDS} seconds'), now)
      - interval '${COMMITTED_WITHIN_SECONDS} seconds' as start
    from (select database_time() as now) as moment
  )
  select now,
    array(select id from users where role = 'admin' and banned_at is null) as admins,
    array(select id from sessions where revoked_at > (select start from since)) as ended
  from since`);

/**
 * Reads all that has changed at once and not user by user: one query of two index scans, twice a second at most.
 * Reads the sessions again that ended a moment before the last time: their transactions may have been running then.
 */
@Injectable()
export class TypeOrmStanding extends Standing {
  private admins: ReadonlySet<string> = new Set();
  /** By id, when they can be dropped. In the order in which they were learnt. */
  private readonly ended = new Map<string, number>();
  /** When the last read that succeeded began: by the monotonic clock of the process, and by that of the database. */
  private readAtMs = Number.NEGATIVE_INFINITY;
  private readAt: Date | null = null;
  private readonly reading = new SingleFlight(() => this.read());

  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  of(user: SignedInUser): SignedInUser | Promise<SignedInUser> {
    const now = performance.now();
    const ageMs = now - this.readAtMs;
    if (ageMs > MAX_AGE_MS) return this.judgeFrom(now - MAX_AGE_MS, user);
    // Perhaps made admin a moment ago.
    if (user.role === 'admin' && !this.admins.has(user.id)) return this.judgeFrom(now, user);
    // If it fails, the next one that has to wait says so.
    if (ageMs > REFRESH_AGE_MS) this.reading.run().catch(() => undefined);
    return this.judge(user);
  }

  hasEnded(sessionId: string): boolean {
    return this.ended.has(sessionId);
  }

  /** By what was read from this time on. A read that was running already may have begun too early. */
  private async judgeFrom(ms: number, user: SignedInUser): Promise<SignedInUser> {
    while (this.readAtMs < ms) await this.reading.run();
    return this.judge(user);
  }

  private judge(user: SignedInUser): SignedInUser {
    if (this.ended.has(user.sessionId)) throw new AccessTokenInvalid();
    return user.role === 'admin' && !this.admins.has(user.id) ? { ...user, role: 'player' } : user;
  }

  private async read(): Promise<void> {
    const began = performance.now();
    const [row] = await this.work.reader.query<[Row]>(READ, [this.readAt]);
    for (const [id, droppedAt] of this.ended) {
      if (droppedAt > began) break;
      this.ended.delete(id);
    }
    const droppedAt = began + REMEMBERED_SECONDS * 1_000;
    for (const id of row.ended) if (!this.ended.has(id)) this.ended.set(id, droppedAt);
    this.admins = new Set(row.admins);
    this.readAt = row.now;
    this.readAtMs = began;
  }
}
