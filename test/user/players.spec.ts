import { randomUUID } from 'node:crypto';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import type { User } from '../../src/user/domain/user';
import { UserNotFound } from '../../src/user/domain/errors';
import { TypeOrmPlayers } from '../../src/user/infrastructure/typeorm-players';
import { TypeOrmUsers } from '../../src/user/infrastructure/typeorm-users';
import { createDataSource } from '../../src/data-source';
import { createTestDatabase, TestDatabase } from '../support/test-database';
import { aUser } from './fakes';

describe('what other modules ask of people', () => {
  let database: TestDatabase;
  let work: TypeOrmUnitOfWork;
  let users: TypeOrmUsers;
  let players: TypeOrmPlayers;

  beforeEach(async () => {
    database = await createTestDatabase();
    work = new TypeOrmUnitOfWork(database.dataSource);
    users = new TypeOrmUsers(work);
    players = new TypeOrmPlayers(work, users);
  });

  afterEach(() => database.drop());

  it('is the salt and the ban of each, in one query; unknown ids are absent', async () => {
    const [alice, bob] = [await add(aUser()), await add(aUser())];
    await ban(bob);
    const query = jest.spyOn(database.dataSource.manager, 'query');
    const standings = await players.standings([alice.id, bob.id, alice.id, randomUUID()]);
    expect(query).toHaveBeenCalledTimes(1);
    expect([...standings].sort()).toEqual(
      [
        [alice.id, { salt: alice.playerSalt, banned: false }],
        [bob.id, { salt: bob.playerSalt, banned: true }],
      ].sort(),
    );
  });

  it('is of this moment also for those who were asked for before, who cost no row', async () => {
    const [alice, bob] = [await add(aUser()), await add(aUser())];
    await players.standings([alice.id, bob.id]);
    await ban(bob);
    const rows = jest.spyOn(database.dataSource.manager, 'query');
    const standings = await players.standings([alice.id, bob.id]);
    expect(standings.get(alice.id)).toEqual({ salt: alice.playerSalt, banned: false });
    expect(standings.get(bob.id)).toEqual({ salt: bob.playerSalt, banned: true });
    expect(await rows.mock.results[0]?.value).toHaveLength(1);
    await unban(bob);
    expect((await players.standings([bob.id])).get(bob.id)?.banned).toBe(false);
  });

  it('is nothing for somebody who is gone', async () => {
    const user = await add(aUser());
    await players.standings([user.id]);
    await database.dataSource.query('delete from users where id = $1', [user.id]);
    expect(await players.standings([user.id])).toEqual(new Map());
    expect(await players.standings([user.id])).toEqual(new Map());
  });

  it('is nothing for nobody', async () => {
    expect(await players.standings([])).toEqual(new Map());
  });

  it('reads within the running unit of work', async () => {
    const user = aUser();
    await work.run(async () => {
      await users.add(user);
      expect((await players.standings([user.id])).size).toBe(1);
    });
  });

  it('tells every replica of a ban as soon as the ban is done', async () => {
    const user = await add(aUser());
    const elsewhere = await createDataSource({ url: database.url, poolSize: 2 }).initialize();
    try {
      const ownWork = new TypeOrmUnitOfWork(elsewhere);
      const replica = new TypeOrmPlayers(ownWork, new TypeOrmUsers(ownWork));
      await ownWork.run(async () => {
        expect((await replica.standings([user.id])).get(user.id)?.banned).toBe(false);
        await ban(user);
        expect((await replica.standings([user.id])).get(user.id)?.banned).toBe(true);
      });
    } finally {
      await elsewhere.destroy();
    }
  });

  it('is who is banned at this moment', async () => {
    const [alice, bob] = [await add(aUser()), await add(aUser())];
    expect(await players.bannedUserIds(null)).toEqual([]);
    await ban(bob);
    expect(await players.bannedUserIds(null)).toEqual([bob.id]);
    await unban(bob);
    await ban(alice);
    expect(await players.bannedUserIds(null)).toEqual([alice.id]);
  });

  it('is found by an index however many people there are', async () => {
    const plan = await database.dataSource.transaction(async (manager) => {
      await manager.query('set local enable_seqscan = off');
      return manager.query<{ 'QUERY PLAN': string }[]>('explain select id from users where banned_at is not null');
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('users_banned');
  });

  it('is the name that a person shows: their name, else their username', async () => {
    const [named, unnamed] = [await add(aUser({ name: 'Alice L.' })), await add(aUser({ username: 'bobby' }))];
    expect(await players.displayName(named.id)).toBe('Alice L.');
    expect(await players.displayName(unnamed.id)).toBe('bobby');
    await expect(players.displayName(randomUUID())).rejects.toThrow(UserNotFound);
  });

  async function add(user: User): Promise<User> {
    await work.run(() => users.add(user));
    return user;
  }

  async function ban(user: User): Promise<void> {
    await work.run(() => users.storeBan(user.ban(new Date(), null, 1)));
  }

  async function unban(user: User): Promise<void> {
    await work.run(() => users.storeUnban(user));
  }
});
