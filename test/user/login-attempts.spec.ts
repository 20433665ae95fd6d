import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { LoginAttempt } from '../../src/user/application/login-attempts';
import { TooManyLoginAttempts } from '../../src/user/domain/errors';
import { TypeOrmLoginAttempts } from '../../src/user/infrastructure/typeorm-login-attempts';
import { createTestDatabase, TestDatabase } from '../support/test-database';

const HOUR_MS = 3_600_000;
const alice: LoginAttempt = { username: 'alice', address: '192.0.2.1' };

describe('repeated log-in attempts', () => {
  let database: TestDatabase;
  let attempts: TypeOrmLoginAttempts;
  let elapsedMs: number;

  beforeEach(async () => {
    database = await createTestDatabase();
    attempts = new TypeOrmLoginAttempts(new TypeOrmUnitOfWork(database.dataSource));
    elapsedMs = 0;
  });

  afterEach(() => database.drop());

  it('cost nothing five times, then a wait that doubles from one second to a minute', async () => {
    expect(await waits(alice, 14)).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('cost an address nothing twenty times, then a wait that doubles to a quarter of an hour', async () => {
    const expected = [...Array<number>(20).fill(0), 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900];
    let count = 0;
    expect(await waits(() => ({ ...alice, username: `user${count++}` }), expected.length)).toEqual(expected);
  });

  it('are counted for all spellings of a username together, whether or not it exists', async () => {
    for (const username of ['alice', 'Alice', 'ALICE', 'ａlice', 'aLiCe']) await attempts.take({ ...alice, username });
    await expect(attempts.take(alice)).rejects.toThrow(TooManyLoginAttempts);
  });

  it('of one account leave the others alone', async () => {
    await take(alice, 5);
    await expect(attempts.take({ ...alice, username: 'bob' })).resolves.toBe(false);
  });

  it('are forgotten for the account when the right password came', async () => {
    await take(alice, 5);
    await attempts.succeed(alice);
    expect(await waits(alice, 6)).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('are not forgotten for the address when the right password came: only that one is given back', async () => {
    for (let user = 0; user < 19; user++) await attempts.take({ ...alice, username: `user${user}` });
    for (let logIn = 0; logIn < 5; logIn++) {
      await attempts.take(alice);
      await attempts.succeed(alice);
    }
    await attempts.take({ ...alice, username: 'user19' });
    await expect(attempts.take({ ...alice, username: 'user20' })).rejects.toThrow(TooManyLoginAttempts);
  });

  it('that were refused cost nothing more', async () => {
    await take(alice, 5);
    await refuse(alice, 10);
    await pass(1_000);
    await expect(attempts.take(alice)).resolves.toBe(false);
  });

  it('from an address that has to wait do not lock the account out for its owner', async () => {
    for (let user = 0; user < 20; user++) await attempts.take({ ...alice, username: `user${user}` });
    await refuse(alice, 10);
    await expect(attempts.take({ ...alice, address: '192.0.2.2' })).resolves.toBe(false);
    expect(await stored('account:alice')).toBe(1);
  });

  it('that were undone cost nothing', async () => {
    for (let attempt = 0; attempt < 30; attempt++) {
      await attempts.take(alice);
      await attempts.undo(alice, false);
    }
    expect(await waits(alice, 6)).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('from a known address that were undone take back nothing of what others tried', async () => {
    await attempts.take(alice);
    await attempts.succeed(alice);
    for (let address = 1; address <= 3; address++) await attempts.take({ ...alice, address: `198.51.100.${address}` });
    const before = await stored('account:alice');
    await attempts.undo(alice, await attempts.take(alice));
    expect(await stored('account:alice')).toBe(before);
  });

  it('are forgotten when none has followed for an hour', async () => {
    await take(alice, 5);
    await pass(HOUR_MS + 1);
    expect(await waits(alice, 6)).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('are remembered for an hour', async () => {
    await take(alice, 5);
    await pass(HOUR_MS - 5_000);
    await attempts.take(alice);
    await expect(attempts.take(alice)).rejects.toThrow(TooManyLoginAttempts);
  });

  it('of others are cleared away once they are forgotten, some at a time', async () => {
    for (let user = 0; user < 20; user++)
      await attempts.take({ username: `user${user}`, address: `198.51.100.${user}` });
    await pass(HOUR_MS + 1);
    for (let rest = 50; rest > 0; rest -= 10) {
      await attempts.take(alice);
      expect(await rows()).toBe(rest + 3);
      await attempts.undo(alice, false);
    }
    await attempts.take(alice);
    expect(await rows()).toBe(3);
  });

  it('from elsewhere, however many, cost the owner at a known address nothing', async () => {
    await attempts.take(alice);
    await attempts.succeed(alice);
    for (let guess = 0; guess < 200; guess++) await attempts.take(guessFrom(guess));
    expect(await attempts.take(alice)).toBe(true);
  });

  it('from elsewhere, however many, cost the owner at an unknown address nothing, and little after slips', async () => {
    for (let guess = 0; guess < 200; guess++) await attempts.take(guessFrom(guess));
    expect(await waits(alice, 13)).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900]);
  });

  it('from one address leave the owner at another alone, though that address has to wait', async () => {
    await take({ ...alice, address: '198.51.100.1' }, 5);
    await refuse({ ...alice, address: '198.51.100.1' }, 5);
    expect(await waits(alice, 6)).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('know an address for 30 days after a log-in, and the last ten of an account', async () => {
    for (let place = 0; place < 11; place++) {
      await attempts.take(guessFrom(place));
      await attempts.succeed(guessFrom(place));
      await pass(1_000);
    }
    expect(await attempts.take(guessFrom(0))).toBe(false);
    expect(await attempts.take(guessFrom(1))).toBe(true);
    expect(await attempts.take({ ...guessFrom(1), username: 'bob' })).toBe(false);
    await pass(30 * 24 * HOUR_MS);
    expect(await attempts.take(guessFrom(1))).toBe(false);
  });

  it('do not wait for days when the clock of the database has been ahead', async () => {
    await pass(72 * HOUR_MS);
    await take(alice, 5);
    await refuse(alice, 1);
    await pass(-72 * HOUR_MS);
    await expect(attempts.take(alice)).resolves.toBe(false);
  });

  function guessFrom(place: number): LoginAttempt {
    return { ...alice, address: `198.51.100.${place}` };
  }

  /** The wait in seconds before each of `count` attempts, every one made as early as it may. */
  async function waits(attempt: LoginAttempt | (() => LoginAttempt), count: number): Promise<number[]> {
    const waited: number[] = [];
    for (let index = 0; index < count; index++) {
      const next = typeof attempt === 'function' ? attempt() : attempt;
      waited.push(await waitFor(next));
    }
    return waited;
  }

  async function waitFor(attempt: LoginAttempt): Promise<number> {
    try {
      await attempts.take(attempt);
      return 0;
    } catch (error) {
      expect(error).toBeInstanceOf(TooManyLoginAttempts);
      const { retryAfterSeconds } = error as TooManyLoginAttempts;
      await pass(retryAfterSeconds * 1_000);
      await attempts.take(attempt);
      return retryAfterSeconds;
    }
  }

  async function take(attempt: LoginAttempt, count: number): Promise<void> {
    for (let index = 0; index < count; index++) await attempts.take(attempt);
  }

  async function refuse(attempt: LoginAttempt, count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      await expect(attempts.take(attempt)).rejects.toThrow(TooManyLoginAttempts);
    }
  }

  async function pass(milliseconds: number): Promise<void> {
    elapsedMs += milliseconds;
    await database.setClockOffset(elapsedMs);
  }

  async function stored(subject: string): Promise<number> {
    const [row] = await database.dataSource.query<{ attempts: number }[]>(
      'select attempts from login_attempts where subject = $1',
      [subject],
    );
    return row?.attempts ?? 0;
  }

  async function rows(): Promise<number> {
    const [row] = await database.dataSource.query<[{ count: number }]>(
      'select count(*)::integer as count from login_attempts',
    );
    return row.count;
  }
});
