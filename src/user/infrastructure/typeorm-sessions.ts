import { Injectable } from '@nestjs/common';
import { Ids } from '../../shared/application/ids';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { Sessions } from '../application/sessions';
import { PresentedToken, SESSION_LIFETIME_DAYS } from '../domain/refresh-token';

/**
 * Each log-in adds one session and deletes at most this many expired ones: they cannot pile up, and no log-in waits
 * long.
 */
const CLEARED_AT_ONCE = 5;

/** Longer than an access token lasts: until then every replica can still learn that the session was ended early. */
const KEPT_EXPIRED_MINUTES = 15;

/** Sessions in PostgreSQL. */
@Injectable()
export class TypeOrmSessions extends Sessions {
  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly ids: Ids,
  ) {
    super();
  }

  async open(userId: string, digest: Buffer): Promise<string> {
    const id = this.ids.next();
    await this.work.writer.query(
      'insert into sessions (id, user_id, expires_at) values ($1, $2, database_time() + make_interval(days => $3))',
      [id, userId, SESSION_LIFETIME_DAYS],
    );
    await this.store(id, digest);
    await this.work.writer.query(
      `delete from sessions where id in (
         select id from sessions where expires_at <= database_time() - make_interval(mins => $2)
         order by expires_at limit $1 for update skip locked)`,
      [CLEARED_AT_ONCE, KEPT_EXPIRED_MINUTES],
    );
    return id;
  }

  async lock(digest: Buffer): Promise<PresentedToken | null> {
    await this.work.writer.query(
      'select id from sessions where id = (select session_id from refresh_tokens where digest = $1) for update',
      [digest],
    );
    // A separate statement: only one that begins under the lock sees what the lock's last holder committed.
    const [token] = await this.work.writer.query<PresentedToken[]>(
      `select session_id as "sessionId", user_id as "userId", expires_at as "expiresAt", revoked_at as "revokedAt",
              used_at as "usedAt", database_time() as "presentedAt",
              (select count(*)::integer - 1 from refresh_tokens where session_id = sessions.id) as refreshes
         from refresh_tokens join sessions on sessions.id = session_id where digest = $1`,
      [digest],
    );
    return token ?? null;
  }

  async rotate(sessionId: string, digest: Buffer, successor: Buffer): Promise<void> {
    await this.work.writer.query('update refresh_tokens set used_at = database_time() where digest = $1', [digest]);
    await this.store(sessionId, successor);
  }

  async revoke(digest: Buffer): Promise<void> {
    await this.work.writer.query(
      `update sessions set revoked_at = database_time()
         where id = (select session_id from refresh_tokens where digest = $1) and revoked_at is null`,
      [digest],
    );
  }

  async revokeAll(userId: string): Promise<void> {
    // In the order of their ids, so that two of these at once do not wait for each other.
    await this.work.writer.query(
      `update sessions set revoked_at = database_time() where id in (
         select id from sessions where user_id = $1 and revoked_at is null order by id for update)`,
      [userId],
    );
  }

  private async store(sessionId: string, digest: Buffer): Promise<void> {
    await this.work.writer.query('insert into refresh_tokens (digest, session_id) values ($1, $2)', [
      digest,
      sessionId,
    ]);
  }
}
