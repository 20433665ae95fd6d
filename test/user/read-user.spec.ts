import { ReadUser } from '../../src/user/application/read-user';
import { AccessForbidden } from '../../src/shared/domain/access-forbidden';
import { UserNotFound } from '../../src/user/domain/errors';
import { aUser, FakeUsers } from './fakes';

describe('read a user', () => {
  const [alice, bob, admin] = [aUser(), aUser(), aUser({ role: 'admin' })];
  const users = new FakeUsers();
  const read = new ReadUser(users);

  beforeAll(async () => {
    for (const user of [alice, bob, admin]) await users.add(user);
  });

  it('shows people themselves', async () => {
    expect(await read.execute({ reader: alice, userId: alice.id })).toBe(alice);
  });

  it('shows admins everybody', async () => {
    expect(await read.execute({ reader: admin, userId: bob.id })).toBe(bob);
  });

  it('does not tell a player whether somebody exists', async () => {
    await expect(read.execute({ reader: alice, userId: bob.id })).rejects.toThrow(AccessForbidden);
    await expect(read.execute({ reader: alice, userId: aUser().id })).rejects.toThrow(AccessForbidden);
  });

  it('tells an admin that nobody has this id', async () => {
    await expect(read.execute({ reader: admin, userId: aUser().id })).rejects.toThrow(UserNotFound);
  });
});
