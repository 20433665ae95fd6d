import type { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { UuidV7Ids } from '../../src/platform/randomness/uuid-v7-ids';
import { LogIn } from '../../src/user/application/log-in';
import { LogOut } from '../../src/user/application/log-out';
import type { LoginAttempt } from '../../src/user/application/login-attempts';
import { RefreshSession } from '../../src/user/application/refresh-session';
import { RefreshTokenInvalid, TooManyLoginAttempts } from '../../src/user/domain/errors';
import { PresentedToken, refreshTokenDigest } from '../../src/user/domain/refresh-token';
import { TypeOrmLoginAttempts } from '../../src/user/infrastructure/typeorm-login-attempts';
import { TypeOrmSessions } from '../../src/user/infrastructure/typeorm-sessions';
import type { TypeOrmUsers } from '../../src/user/infrastructure/typeorm-users';
import { aUser, FakeHasher, FakeMint } from './fakes';
import { blink, inRounds, outcomes, RaceStage, ROUNDS, setRaceStage } from './race-stage';

/** Each race is run twice: as the service runs it, and with the bug that it exists to catch. */
describe('at the same time', () => {
  let stage: RaceStage;
  let work: TypeOrmUnitOfWork;
  let users: TypeOrmUsers;

  beforeEach(async () => {
    stage = await setRaceStage();
    ({ work, users } = stage);
  });

  afterEach(() => stage.database.drop());

  describe('100 guesses of a password', () => {
    const race = async (attempts: TypeOrmLoginAttempts, attemptOf: (index: number) => LoginAttempt) => {
      const hasher = new FakeHasher();
      await stage.add(aUser({ username: 'alice' }));
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
    const ofOneAccount = () => ({ username: 'alice', address: '192.0.2.1' });
    const fromManyAddresses = (index: number) => ({ username: 'alice', address: `192.0.2.${index % 4}` });
    const fromOneAddress = (index: number) => ({ username: `user${index}`, address: '192.0.2.1' });

    it('of one account from one address compare the free five', async () => {
      const { result, compared, waits } = await race(new TypeOrmLoginAttempts(work), ofOneAccount);
      expect(compared).toBeGreaterThanOrEqual(5);
      expect(compared).toBeLessThanOrEqual(5 + waits);
      expect(result).toEqual({ 'auth.bad-credentials': compared, 'auth.too-many-attempts': 100 - compared });
    });

    it('of one account from four addresses compare five of each address at most', async () => {
      const { compared, waits } = await race(new TypeOrmLoginAttempts(work), fromManyAddresses);
      expect(compared).toBeLessThanOrEqual(4 * (5 + waits));
    });

    it('from one address, each of another account, compare the free twenty', async () => {
      const { compared, waits } = await race(new TypeOrmLoginAttempts(work), fromOneAddress);
      expect(compared).toBeGreaterThanOrEqual(20);
      expect(compared).toBeLessThanOrEqual(20 + waits);
    });

    it('would compare many more if attempts were counted only once they had failed', async () => {
      class CountsLater extends TypeOrmLoginAttempts {
        override async take({ username }: LoginAttempt): Promise<boolean> {
          const [row] = await stage.database.dataSource.query<{ attempts: number }[]>(
            'select attempts from login_attempts where subject = $1',
            [username],
          );
          if ((row?.attempts ?? 0) >= 5) throw new TooManyLoginAttempts(1);
          await blink();
          await stage.database.dataSource.query(
            `insert into login_attempts as known values ($1, 1, now(), now())
               on conflict (subject) do update set attempts = known.attempts + 1`,
            [username],
          );
          return false;
        }
      }
      const { compared, waits } = await race(new CountsLater(work), ofOneAccount);
      expect(compared).toBeGreaterThan(5 + waits);
    });
  });

  describe('a client refreshes its session 16 times', () => {
    const race = async (sessions: TypeOrmSessions, rounds: number) => {
      const user = await stage.add(aUser());
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
      expect(await stage.count('refresh_tokens')).toBe(2 * ROUNDS);
    });

    it('and would meet faults if the session were not locked', async () => {
      const { result } = await race(new (looksWithoutLock())(work, new UuidV7Ids()), 1);
      expect(result).toMatchObject({ QueryFailedError: expect.any(Number) });
    });
  });

  describe('a session is refreshed and ended', () => {
    /** In how many of the rounds a refresh token outlives its session's end. */
    const race = async (sessions: TypeOrmSessions): Promise<number> => {
      const user = await stage.add(aUser());
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

  function looksWithoutLock() {
    return class extends TypeOrmSessions {
      override async lock(digest: Buffer): Promise<PresentedToken | null> {
        const [token] = await work.reader.query<PresentedToken[]>(
          `select session_id as "sessionId", user_id as "userId", expires_at as "expiresAt", revoked_at as "revokedAt",
                  used_at as "usedAt", database_time() as "presentedAt", 0 as refreshes
             from refresh_tokens join sessions on sessions.id = session_id where digest = $1`,
          [digest],
        );
        await blink();
        return token ?? null;
      }
    };
  }
});
