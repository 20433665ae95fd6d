import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { DomainError } from '../../src/shared/domain/domain-error';
import { DatabaseClock } from '../../src/platform/database/database-clock';
import { SystemRandomness } from '../../src/platform/randomness/system-randomness';
import { TypeOrmAuditTrail } from '../../src/platform/audit/typeorm-audit-trail';
import { TypeOrmOutbox } from '../../src/platform/events/typeorm-outbox';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { UuidV7Ids } from '../../src/platform/randomness/uuid-v7-ids';
import { BanUser } from '../../src/user/application/ban-user';
import { ChangeRole } from '../../src/user/application/change-role';
import { CreateUser } from '../../src/user/application/create-user';
import { EnsureFirstAdmin } from '../../src/user/application/ensure-first-admin';
import { LogIn } from '../../src/user/application/log-in';
import { LogOut } from '../../src/user/application/log-out';
import type { LoginAttempt } from '../../src/user/application/login-attempts';
import { RefreshSession } from '../../src/user/application/refresh-session';
import { Register } from '../../src/user/application/register';
import { RefreshTokenInvalid, TooManyLoginAttempts } from '../../src/user/domain/errors';
import { PresentedToken, refreshTokenDigest } from '../../src/user/domain/refresh-token';
import type { User } from '../../src/user/domain/user';
import { TypeOrmLoginAttempts } from '../../src/user/infrastructure/typeorm-login-attempts';
import { TypeOrmSessions } from '../../src/user/infrastructure/typeorm-sessions';
import { TypeOrmUsers } from '../../src/user/infrastructure/typeorm-users';
import { usersTable } from '../../src/user/infrastructure/users.table';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { aUser, FakeHasher, FakeMint } from './fakes';

/** So long a careless implementation looks away between what it read and what it writes. */
const BLINK_MS = 50;
/** A race is short: each is run so often, with everybody's connection open already. */
const ROUNDS = 10;
const CONNECTIONS = 40;

/** Each race is run twice: as the service runs it, and with the bug that it exists to catch. */
describe('at the same time', () => {
  let database: TestDatabase;
  let work: TypeOrmUnitOfWork;
  let users: TypeOrmUsers;
  let clock: DatabaseClock;
  let audit: TypeOrmAuditTrail;
  let outbox: TypeOrmOutbox;

  // Each database is dropped while some of its many connections are still saying goodbye.
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  beforeEach(async () => {
    database = await createTestDatabase(undefined, CONNECTIONS);
    work = new TypeOrmUnitOfWork(database.dataSource);
    users = new TypeOrmUsers(work);
    clock = new DatabaseClock(work);
    audit = new TypeOrmAuditTrail(work, clock, new UuidV7Ids());
    outbox = new TypeOrmOutbox(work, new UuidV7Ids());
    await Promise.all(Array.from({ length: CONNECTIONS }, () => database.dataSource.query('select pg_sleep(0.1)')));
    await clock.synchronise();
  });

  afterEach(() => database.drop());

  describe('32 people register one username', () => {
    const race = async (store: TypeOrmUsers) => {
      const register = new Register(new FakeHasher(), createUser(store));
      const spelling = (index: number) => (index % 2 ? 'alice' : 'ALICE');
      return outcomes(32, (index) => register.execute({ username: spelling(index), password: 'password' }));
    };

    it('and one of them gets it', async () => {
      expect(await race(users)).toEqual({ done: 1, 'user.username-taken': 31 });
      expect(await count('users')).toBe(1);
      expect(await count('audit_entries')).toBe(1);
    });

    it('and most would meet a fault if each looked first and inserted then', async () => {
      const allHaveLooked = meeting(32);
      class LooksFirst extends TypeOrmUsers {
        override async add(user: User): Promise<boolean> {
          if (await this.findByUsername(user.username)) return false;
          await allHaveLooked();
          await work.writer.insert(usersTable, user);
          return true;
        }
      }
      expect(await race(new LooksFirst(work))).toEqual({ done: 1, QueryFailedError: 31 });
    });
  });

  describe('three processes make the first admin', () => {
    const race = async (store: (own: TypeOrmUnitOfWork) => TypeOrmUsers) =>
      outcomes(3, () => {
        const own = new TypeOrmUnitOfWork(database.dataSource);
        const ownClock = new DatabaseClock(own);
        const ownAudit = new TypeOrmAuditTrail(own, ownClock, new UuidV7Ids());
        const create = new CreateUser(own, store(own), ownAudit, ownClock, new UuidV7Ids(), new SystemRandomness());
        const ensure = new EnsureFirstAdmin(store(own), new FakeHasher(), create, own, ownAudit);
        return ensure.execute({ username: 'boss', password: 'password' });
      });

    it('and there is one', async () => {
      expect(await race((own) => new TypeOrmUsers(own))).toEqual({ done: 3 });
      expect(await count('users')).toBe(1);
      expect(await count('audit_entries')).toBe(1);
    });

    it('and one would not start if each looked first and inserted then', async () => {
      const allHaveLooked = meeting(3);
      class LooksFirst extends TypeOrmUsers {
        constructor(private readonly own: TypeOrmUnitOfWork) {
          super(own);
        }

        override async add(user: User): Promise<boolean> {
          await allHaveLooked();
          await this.own.writer.insert(usersTable, user);
          return true;
        }
      }
      expect(await race((own) => new LooksFirst(own))).toEqual({ done: 1, QueryFailedError: 2 });
    });
  });

  describe('two admins ban one player', () => {
    const race = async (store: TypeOrmUsers, rounds: number) =>
      inRounds(rounds, async () => {
        const [admin, player] = [await add(aUser({ role: 'admin' })), await add(aUser())];
        const ban = new BanUser(work, store, audit, clock, outbox);
        return outcomes(2, () => ban.execute({ actorId: admin.id, userId: player.id, reason: null }));
      });

    it('and one of them did it', async () => {
      expect(await race(users, ROUNDS)).toEqual({ done: ROUNDS, 'user.already-banned': ROUNDS });
      expect(await count('audit_entries')).toBe(ROUNDS);
    });

    it('and both would believe they did if the ban were stored without lock and condition', async () => {
      const bothHaveLooked = meeting(2);
      class StoresBlindly extends countsWithoutLock() {
        override async storeBan({ id, bannedAt }: User): Promise<boolean> {
          await bothHaveLooked();
          const { affected } = await work.writer.update(usersTable, { id }, { bannedAt });
          return affected === 1;
        }
      }
      expect(await race(new StoresBlindly(work), 1)).toEqual({ done: 2 });
    });
  });

  describe('an admin bans a player while another admin demotes them', () => {
    const race = async (store: TypeOrmUsers) => {
      const [admin, demoted, player] = [
        await add(aUser({ role: 'admin' })),
        await add(aUser({ role: 'admin' })),
        await add(aUser()),
      ];
      let hasDemoted: () => void;
      const demotion = new Promise<void>((resolve) => (hasDemoted = resolve));
      class CommitsLate extends TypeOrmUsers {
        override async storeRole(changed: User): Promise<boolean> {
          const stored = await super.storeRole(changed);
          hasDemoted();
          await sleep(BLINK_MS);
          return stored;
        }
      }
      const change = new ChangeRole(work, new CommitsLate(work), audit);
      const demoting = change.execute({ actorId: admin.id, userId: demoted.id, role: 'player' });
      await demotion;
      const ban = new BanUser(work, store, audit, clock, outbox);
      const result = await outcomes(1, () => ban.execute({ actorId: demoted.id, userId: player.id, reason: null }));
      await demoting;
      return result;
    };

    it('and may not', async () => {
      expect(await race(users)).toEqual({ 'access.forbidden': 1 });
    });

    it('and would, if nobody waited for the demotion', async () => {
      expect(await race(new (countsWithoutLock())(work))).toEqual({ done: 1 });
    });
  });

  describe.each([
    ['demote each other', 'access.forbidden', (index: number) => 1 - index],
    ['resign', 'user.last-admin', (index: number) => index],
  ])('the last two admins %s', (_, refusal, targetOf) => {
    const race = async (store: TypeOrmUsers, rounds: number) =>
      inRounds(rounds, async () => {
        await database.dataSource.query(`update users set role = 'player'`);
        const admins = [await add(aUser({ role: 'admin' })), await add(aUser({ role: 'admin' }))] as const;
        const change = new ChangeRole(work, store, audit);
        return outcomes(2, (index) => {
          const [actorId, userId] = [admins[index]?.id as string, admins[targetOf(index)]?.id as string];
          return change.execute({ actorId, userId, role: 'player' });
        });
      });

    it('and one is left', async () => {
      expect(await race(users, ROUNDS)).toEqual({ done: ROUNDS, [refusal]: ROUNDS });
      expect(await count('users', `role = 'admin'`)).toBe(1);
    });

    it('and none would be left if they were counted without a lock', async () => {
      const bothHaveCounted = meeting(2);
      class CountsAtOnce extends countsWithoutLock() {
        override async lockAdmins(): Promise<readonly string[]> {
          const admins = await super.lockAdmins();
          await bothHaveCounted();
          return admins;
        }
      }
      expect(await race(new CountsAtOnce(work), 1)).toEqual({ done: 2 });
      expect(await count('users', `role = 'admin'`)).toBe(0);
    });
  });

  describe('100 guesses of a password', () => {
    const race = async (attempts: TypeOrmLoginAttempts, attemptOf: (index: number) => LoginAttempt) => {
      const hasher = new FakeHasher();
      await add(aUser({ username: 'alice' }));
      const logIn = new LogIn(
        attempts,
        users,
        hasher,
        work,
        new TypeOrmSessions(work, new UuidV7Ids()),
        new FakeMint(),
      );
      const began = Date.now();
      const result = await outcomes(100, (index) => logIn.execute({ ...attemptOf(index), password: `guess ${index}` }));
      const waits = Math.floor(Math.log2((Date.now() - began) / 1000 + 1));
      return { result, compared: hasher.compared.length, waits };
    };
    const ofOneAccount = (index: number) => ({ username: 'alice', address: `192.0.2.${index}` });
    const fromOneAddress = (index: number) => ({ username: `user${index}`, address: '192.0.2.1' });

    it('of one account, each from another address, compare the free five', async () => {
      const { result, compared, waits } = await race(new TypeOrmLoginAttempts(work), ofOneAccount);
      expect(compared).toBeGreaterThanOrEqual(5);
      expect(compared).toBeLessThanOrEqual(5 + waits);
      expect(result).toEqual({ 'auth.bad-credentials': compared, 'auth.too-many-attempts': 100 - compared });
    });

    it('from one address, each of another account, compare the free twenty', async () => {
      const { compared, waits } = await race(new TypeOrmLoginAttempts(work), fromOneAddress);
      expect(compared).toBeGreaterThanOrEqual(20);
      expect(compared).toBeLessThanOrEqual(20 + waits);
    });

    it('would compare many more if attempts were counted only once they had failed', async () => {
      class CountsLater extends TypeOrmLoginAttempts {
        override async take({ username }: LoginAttempt): Promise<void> {
          const [row] = await database.dataSource.query<{ attempts: number }[]>(
            'select attempts from login_attempts where subject = $1',
            [username],
          );
          if ((row?.attempts ?? 0) >= 5) throw new TooManyLoginAttempts(1);
          await sleep(BLINK_MS);
          await database.dataSource.query(
            `insert into login_attempts as known values ($1, 1, now(), now())
               on conflict (subject) do update set attempts = known.attempts + 1`,
            [username],
          );
        }
      }
      const { compared, waits } = await race(new CountsLater(work), ofOneAccount);
      expect(compared).toBeGreaterThan(5 + waits);
    });
  });

  describe('a client refreshes its session 16 times', () => {
    const race = async (sessions: TypeOrmSessions, rounds: number) => {
      const user = await add(aUser());
      const refresh = new RefreshSession(work, sessions, users, new FakeMint());
      const successors = new Set<string>();
      const result = await inRounds(rounds, async (round) => {
        const refreshToken = `round ${round}`;
        await work.run(() => sessions.open(user.id, refreshTokenDigest(refreshToken)));
        return outcomes(16, async () => successors.add((await refresh.execute({ refreshToken })).refreshToken));
      });
      return { result, successors: successors.size };
    };

    it('and gets one successor', async () => {
      const sessions = new TypeOrmSessions(work, new UuidV7Ids());
      expect(await race(sessions, ROUNDS)).toEqual({ result: { done: 16 * ROUNDS }, successors: ROUNDS });
      expect(await count('refresh_tokens')).toBe(2 * ROUNDS);
    });

    it('and would meet faults if the session were not locked', async () => {
      const { result } = await race(new (looksWithoutLock())(work, new UuidV7Ids()), 1);
      expect(result).toMatchObject({ QueryFailedError: expect.any(Number) });
    });
  });

  describe('a session is refreshed and ended', () => {
    /** In how many of the rounds a refresh token outlives its session's end. */
    const race = async (sessions: TypeOrmSessions): Promise<number> => {
      const user = await add(aUser());
      const mint = new FakeMint();
      const refresh = new RefreshSession(work, sessions, users, mint);
      const logOut = new LogOut(work, sessions);
      let outlived = 0;
      for (let round = 0; round < 20; round++) {
        const refreshToken = `round ${round}`;
        await work.run(() => sessions.open(user.id, refreshTokenDigest(refreshToken)));
        await outcomes(2, (index) => (index === 0 ? refresh : logOut).execute({ refreshToken }));
        const successor = refresh.execute({ refreshToken: mint.successorOf(refreshToken) });
        await successor
          .then(() => outlived++)
          .catch((error: unknown) => expect(error).toBeInstanceOf(RefreshTokenInvalid));
      }
      return outlived;
    };

    it('and no refresh token outlives the end', async () => {
      expect(await race(new TypeOrmSessions(work, new UuidV7Ids()))).toBe(0);
    });

    it('and one would if each token were revoked for itself', async () => {
      class RevokesTokens extends looksWithoutLock() {
        private readonly revoked = new Set<string>();

        override async lock(digest: Buffer): Promise<PresentedToken | null> {
          const revoked = this.revoked.has(digest.toString('hex'));
          return revoked ? null : super.lock(digest);
        }

        override async revoke(digest: Buffer): Promise<void> {
          this.revoked.add(digest.toString('hex'));
        }
      }
      expect(await race(new RevokesTokens(work, new UuidV7Ids()))).toBeGreaterThan(0);
    });
  });

  function createUser(store: TypeOrmUsers): CreateUser {
    return new CreateUser(work, store, audit, clock, new UuidV7Ids(), new SystemRandomness());
  }

  async function add(user: User): Promise<User> {
    await work.run(() => users.add(user));
    return user;
  }

  async function count(table: string, condition = 'true'): Promise<number> {
    const [row] = await database.dataSource.query<[{ count: number }]>(
      `select count(*)::integer as count from ${table} where ${condition}`,
    );
    return row.count;
  }

  function countsWithoutLock() {
    return class extends TypeOrmUsers {
      override async lockAdmins(): Promise<readonly string[]> {
        const rows = await work.reader.query<{ id: string }[]>(`select id from users where role = 'admin'`);
        return rows.map(({ id }) => id);
      }
    };
  }

  function looksWithoutLock() {
    return class extends TypeOrmSessions {
      override async lock(digest: Buffer): Promise<PresentedToken | null> {
        const [token] = await work.reader.query<PresentedToken[]>(
          `select session_id as "sessionId", user_id as "userId", expires_at as "expiresAt", revoked_at as "revokedAt",
                  used_at as "usedAt", database_time() as "presentedAt", 0 as refreshes
             from refresh_tokens join sessions on sessions.id = session_id where digest = $1`,
          [digest],
        );
        await sleep(BLINK_MS);
        return token ?? null;
      }
    };
  }
});

/** Where so many meet before any of them goes on. */
function meeting(people: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return async () => {
    if (++arrived === people) open();
    await opened;
  };
}

/** The outcomes of all rounds together. */
async function inRounds(
  rounds: number,
  race: (round: number) => Promise<Record<string, number>>,
): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [outcome, times] of Object.entries(await race(round)))
      counted[outcome] = (counted[outcome] ?? 0) + times;
  }
  return counted;
}

/** How often each outcome came: `done`, the code of a refusal, or the name of a fault. */
async function outcomes(times: number, act: (index: number) => Promise<unknown>): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  const settled = await Promise.allSettled(Array.from({ length: times }, (_, index) => act(index)));
  for (const one of settled) {
    const outcome = one.status === 'fulfilled' ? 'done' : nameOf(one.reason);
    counted[outcome] = (counted[outcome] ?? 0) + 1;
  }
  return counted;
}

function nameOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof Error ? error.name : String(error);
}
