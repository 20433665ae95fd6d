import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { Users } from '../../src/user/application/users';
import { TypeOrmUsers } from '../../src/user/infrastructure/typeorm-users';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { FakeUnitOfWork } from '../shared/fakes';
import { aUser, FakeUsers } from './fakes';

interface Subject {
  readonly users: Users;
  readonly work: UnitOfWork;
}

describe.each(['the fake', 'PostgreSQL'])('users in %s', (kind) => {
  let database: TestDatabase | undefined;
  let users: Users;
  let work: UnitOfWork;

  beforeEach(async () => {
    ({ users, work } = kind === 'PostgreSQL' ? await inPostgres() : inMemory());
  });

  afterEach(() => database?.drop());

  it('are found as they were added, by id and by username in any spelling', async () => {
    const user = aUser({ username: 'Straße', email: 's@example.org', name: 'S. Straße 🎲' });
    expect(await work.run(() => users.add(user))).toBe(true);
    expect(await users.find(user.id)).toEqual(user);
    expect(await users.findByUsername('STRASSE')).toEqual(user);
  });

  it('come back as users that know their rules', async () => {
    const user = aUser();
    await work.run(() => users.add(user));
    const found = await users.find(user.id);
    expect(found?.ban(new Date(), null, 1).bannedAt).toBeInstanceOf(Date);
  });

  it('are null where nobody has that id or name', async () => {
    expect(await users.find(aUser().id)).toBeNull();
    expect(await users.findByUsername('nobody')).toBeNull();
  });

  it('are not added where the username is taken in any spelling, and the unit of work goes on', async () => {
    const [first, second] = [aUser({ username: 'Alice' }), aUser({ username: 'ａlice' })];
    await work.run(() => users.add(first));
    await work.run(async () => {
      expect(await users.add(second)).toBe(false);
      expect(await users.findByUsername('ALICE')).toEqual(first);
    });
    expect(await users.find(second.id)).toBeNull();
  });

  it('are gone when the unit of work fails', async () => {
    const user = aUser();
    const failing = work.run(async () => {
      await users.add(user);
      throw new Error('too late');
    });
    await expect(failing).rejects.toThrow('too late');
    expect(await users.find(user.id)).toBeNull();
  });

  it('are banned once and unbanned once', async () => {
    const user = aUser();
    const banned = user.ban(new Date('2026-11-21T12:00:00.123Z'), 'three accounts', 1);
    await work.run(() => users.add(user));
    expect(await work.run(() => users.storeUnban(user))).toBe(false);
    expect(await work.run(() => users.storeBan(banned))).toBe(true);
    expect(await users.find(user.id)).toEqual(banned);
    expect(await work.run(() => users.storeBan(user.ban(new Date(), 'again', 1)))).toBe(false);
    expect(await users.find(user.id)).toEqual(banned);
    expect(await work.run(() => users.storeUnban(banned.unban()))).toBe(true);
    expect(await users.find(user.id)).toEqual(user);
  });

  it('change their role only where it differs', async () => {
    const user = aUser();
    await work.run(() => users.add(user));
    expect(await work.run(() => users.storeRole(user))).toBe(false);
    expect(await work.run(() => users.storeRole(user.asAdmin()))).toBe(true);
    expect(await users.find(user.id)).toEqual(user.asAdmin());
  });

  it('name all admins under the lock', async () => {
    const admins = [aUser({ role: 'admin' }), aUser({ role: 'admin' })];
    for (const user of [...admins, aUser()]) await work.run(() => users.add(user));
    const locked = await work.run(() => users.lockAdmins());
    expect([...locked].sort()).toEqual(admins.map(({ id }) => id).sort());
  });

  it('are listed newest first, page by page, each once', async () => {
    const ids = Array.from({ length: 5 }, (_, index) => `01a1fd69-0000-7000-8000-00000000000${index}`);
    for (const id of ids) await work.run(() => users.add(aUser({ id, username: `user${id.slice(-1)}` })));
    const listed: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await users.page({ cursor, limit: 2 });
      expect(page.items.length).toBeLessThanOrEqual(2);
      listed.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(listed).toEqual(ids.reverse());
  });

  function inMemory(): Subject {
    const fake = new FakeUsers();
    return { users: fake, work: new FakeUnitOfWork([fake]) };
  }

  async function inPostgres(): Promise<Subject> {
    database = await createTestDatabase();
    const unitOfWork = new TypeOrmUnitOfWork(database.dataSource);
    return { users: new TypeOrmUsers(unitOfWork), work: unitOfWork };
  }
});
