import { LogOut } from '../../src/user/application/log-out';
import { RefreshSession } from '../../src/user/application/refresh-session';
import { RefreshTokenInvalid, RefreshTokenReused } from '../../src/user/domain/errors';
import {
  judgeRefresh,
  PresentedToken,
  refreshTokenDigest,
  SESSION_REFRESHES,
} from '../../src/user/domain/refresh-token';
import type { User } from '../../src/user/domain/user';
import { FakeClock, FakeUnitOfWork } from '../shared/fakes';
import { aUser, FakeMint, FakeSessions, FakeUsers } from './fakes';

const DAY_MS = 86_400_000;

describe('refresh a session', () => {
  let alice: User;
  let clock: FakeClock;
  let users: FakeUsers;
  let sessions: FakeSessions;
  let refresh: (refreshToken: string) => Promise<string>;
  let logOut: LogOut;

  beforeEach(async () => {
    clock = new FakeClock();
    users = new FakeUsers();
    sessions = new FakeSessions(clock);
    const work = new FakeUnitOfWork([users, sessions]);
    const useCase = new RefreshSession(work, sessions, users, new FakeMint());
    refresh = async (refreshToken) => (await useCase.execute({ refreshToken })).refreshToken;
    logOut = new LogOut(work, sessions);
    alice = aUser();
    await users.add(alice);
    await sessions.open(alice.id, refreshTokenDigest('first'));
  });

  it('gives a new refresh token each time', async () => {
    const second = await refresh('first');
    const third = await refresh(second);
    expect(new Set(['first', second, third]).size).toBe(3);
  });

  it('gives the access token of the role that the user has by now', async () => {
    await users.storeRole(alice.asAdmin());
    const useCase = new RefreshSession(new FakeUnitOfWork([]), sessions, users, new FakeMint());
    expect((await useCase.execute({ refreshToken: 'first' })).accessToken).toBe(`${alice.id} is admin`);
  });

  it('gives the same successor to the same token for ten seconds', async () => {
    const second = await refresh('first');
    clock.pass(10_000);
    expect(await refresh('first')).toBe(second);
    await expect(refresh(second)).resolves.toBeDefined();
  });

  it('ends the session when a token is used again later than that, and it stays ended', async () => {
    const second = await refresh('first');
    clock.pass(10_001);
    await expect(refresh('first')).rejects.toThrow(RefreshTokenReused);
    await expect(refresh(second)).rejects.toThrow(RefreshTokenInvalid);
    await expect(refresh('first')).rejects.toThrow(RefreshTokenInvalid);
  });

  it('would not stay ended if the error were thrown within the unit of work: the test above does look', async () => {
    class ThrowsTooEarly extends FakeUnitOfWork {
      override run<T>(work: () => Promise<T>): Promise<T> {
        return super.run(async () => {
          const outcome = await work();
          if (outcome === 'reused') throw new RefreshTokenReused();
          return outcome;
        });
      }
    }
    const broken = new RefreshSession(new ThrowsTooEarly([sessions]), sessions, users, new FakeMint());
    const second = await refresh('first');
    clock.pass(10_001);
    await expect(broken.execute({ refreshToken: 'first' })).rejects.toThrow(RefreshTokenReused);
    await expect(refresh(second)).resolves.toBeDefined();
  });

  it('refuses an unknown token', async () => {
    await expect(refresh('unknown')).rejects.toThrow(RefreshTokenInvalid);
  });

  it('ends 30 days after the log-in, however often it was refreshed', async () => {
    clock.pass(29 * DAY_MS);
    const second = await refresh('first');
    clock.pass(DAY_MS - 1);
    const third = await refresh(second);
    clock.pass(1);
    await expect(refresh(third)).rejects.toThrow(RefreshTokenInvalid);
  });

  it('ends after so many refreshes, and still knows each token that was used', async () => {
    const first = (await sessions.lock(refreshTokenDigest('first'))) as PresentedToken;
    expect(judgeRefresh({ ...first, refreshes: SESSION_REFRESHES - 1 })).toBe('fresh');
    expect(judgeRefresh({ ...first, refreshes: SESSION_REFRESHES })).toBe('ended');
    const usedAt = clock.now();
    clock.pass(10_001);
    const used = { ...first, usedAt, presentedAt: clock.now(), refreshes: SESSION_REFRESHES };
    expect(judgeRefresh(used)).toBe('reused');
  });

  it('counts the refreshes of the session', async () => {
    const second = await refresh('first');
    const third = await refresh(second);
    expect(await sessions.lock(refreshTokenDigest(third))).toMatchObject({ refreshes: 2 });
  });

  describe('log out', () => {
    it('ends the session for all its tokens', async () => {
      const second = await refresh('first');
      await logOut.execute({ refreshToken: second });
      await expect(refresh(second)).rejects.toThrow(RefreshTokenInvalid);
      await expect(refresh('first')).rejects.toThrow(RefreshTokenInvalid);
    });

    it('changes nothing a second time or with an unknown token', async () => {
      await logOut.execute({ refreshToken: 'first' });
      await logOut.execute({ refreshToken: 'first' });
      await logOut.execute({ refreshToken: 'unknown' });
    });

    it('leaves the other sessions of the same person alone', async () => {
      await sessions.open(alice.id, refreshTokenDigest('elsewhere'));
      await logOut.execute({ refreshToken: 'first' });
      await expect(refresh('elsewhere')).resolves.toBeDefined();
    });
  });
});
