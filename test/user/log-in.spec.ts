import { LogIn } from '../../src/user/application/log-in';
import { AuthBusy, BadCredentials, TooManyLoginAttempts } from '../../src/user/domain/errors';
import { refreshTokenDigest } from '../../src/user/domain/refresh-token';
import type { User } from '../../src/user/domain/user';
import { FakeClock, FakeUnitOfWork } from '../shared/fakes';
import { aUser, FakeHasher, FakeLoginAttempts, FakeMint, FakeSessions, FakeUsers } from './fakes';

const address = '192.0.2.7';

describe('log in', () => {
  let alice: User;
  let users: FakeUsers;
  let sessions: FakeSessions;
  let hasher: FakeHasher;
  let logIn: LogIn;

  beforeEach(async () => {
    users = new FakeUsers();
    sessions = new FakeSessions(new FakeClock());
    hasher = new FakeHasher();
    const work = new FakeUnitOfWork([users, sessions]);
    logIn = new LogIn(new FakeLoginAttempts(3), users, hasher, work, sessions, new FakeMint());
    alice = aUser({ username: 'Alice' });
    await users.add(alice);
  });

  it('gives tokens for username and password, whatever the case of the username', async () => {
    const tokens = await logIn.execute({ username: 'aLICE', password: 'password', address });
    expect(tokens).toEqual({ accessToken: `${alice.id} is player`, expiresInSeconds: 600, refreshToken: 'refresh-1' });
  });

  it('keeps only the digest of the refresh token', async () => {
    const { refreshToken } = await logIn.execute({ username: 'alice', password: 'password', address });
    expect([...sessions.rows.keys()]).toEqual([refreshTokenDigest(refreshToken).toString('hex')]);
  });

  it('lets banned people in: they can still look', async () => {
    await users.storeBan(alice.ban(new Date(), null, 1));
    await expect(logIn.execute({ username: 'alice', password: 'password', address })).resolves.toBeDefined();
  });

  it('refuses a wrong password and an unknown user with the same words', async () => {
    const wrong = await logIn
      .execute({ username: 'alice', password: 'wrong', address })
      .catch((error: unknown) => error);
    const unknown = await logIn
      .execute({ username: 'nobody', password: 'wrong', address })
      .catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(BadCredentials);
    expect(unknown).toEqual(wrong);
  });

  it('compares a password for an unknown user too', async () => {
    await expect(logIn.execute({ username: 'nobody', password: 'password', address })).rejects.toThrow(BadCredentials);
    expect(hasher.compared).toEqual([null]);
  });

  it('refuses even the right password after too many wrong ones, without comparing it', async () => {
    for (let guess = 0; guess < 3; guess++) {
      await expect(logIn.execute({ username: 'alice', password: 'wrong', address })).rejects.toThrow(BadCredentials);
    }
    await expect(logIn.execute({ username: 'alice', password: 'password', address })).rejects.toThrow(
      TooManyLoginAttempts,
    );
    expect(hasher.compared).toHaveLength(3);
  });

  it('forgets the wrong attempts of an account after a right one', async () => {
    for (const password of ['wrong', 'wrong', 'password', 'wrong', 'wrong', 'password']) {
      await logIn.execute({ username: 'alice', password, address }).catch((error: unknown) => {
        expect(error).toBeInstanceOf(BadCredentials);
      });
    }
    await expect(logIn.execute({ username: 'alice', password: 'password', address })).resolves.toBeDefined();
  });

  it('does not count an attempt whose password it had no time to compare', async () => {
    hasher.busy = true;
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(logIn.execute({ username: 'alice', password: 'password', address })).rejects.toThrow(AuthBusy);
    }
    hasher.busy = false;
    await expect(logIn.execute({ username: 'alice', password: 'password', address })).resolves.toBeDefined();
  });
});
