import { CreateUser } from '../../src/user/application/create-user';
import { EnsureFirstAdmin, FirstAdminNameTaken } from '../../src/user/application/ensure-first-admin';
import { FakeAuditTrail, FakeClock, FakeIds, FakeRandomness, FakeUnitOfWork } from '../shared/fakes';
import { aUser, FakeHasher, FakeUsers } from './fakes';

describe('the first admin', () => {
  let users: FakeUsers;
  let audit: FakeAuditTrail;
  let ensure: EnsureFirstAdmin;

  beforeEach(() => {
    users = new FakeUsers();
    audit = new FakeAuditTrail();
    const work = new FakeUnitOfWork([users, audit]);
    const createUser = new CreateUser(work, users, audit, new FakeClock(), new FakeIds(), new FakeRandomness());
    ensure = new EnsureFirstAdmin(users, new FakeHasher(), createUser, work, audit);
  });

  it('is created by the service', async () => {
    expect(await ensure.execute({ username: 'Boss', password: 'password' })).toBe('created');
    const boss = await users.findByUsername('boss');
    expect(boss).toMatchObject({ role: 'admin', passwordHash: 'hash of password' });
    expect(audit.rows).toMatchObject([{ actor: 'service', action: 'user.created', subject: boss?.id }]);
  });

  it('is raised where the player of this name has this password', async () => {
    const player = aUser({ username: 'boss', passwordHash: 'hash of password' });
    await users.add(player);
    expect(await ensure.execute({ username: 'Boss', password: 'password' })).toBe('raised');
    expect(await users.find(player.id)).toMatchObject({ role: 'admin', passwordHash: 'hash of password' });
    const details = { from: 'player', to: 'admin' };
    expect(audit.rows).toEqual([{ actor: 'service', action: 'user.role-changed', subject: player.id, details }]);
  });

  it('is nobody who merely took the name first', async () => {
    const squatter = aUser({ username: 'boss', passwordHash: 'hash of their own' });
    await users.add(squatter);
    const ensuring = ensure.execute({ username: 'Boss', password: 'password' });
    await expect(ensuring).rejects.toBeInstanceOf(FirstAdminNameTaken);
    expect(await users.find(squatter.id)).toMatchObject({ role: 'player' });
  });

  it('stays as it is at the next start', async () => {
    await ensure.execute({ username: 'boss', password: 'password' });
    expect(await ensure.execute({ username: 'boss', password: 'another password' })).toBe('unchanged');
    expect((await users.findByUsername('boss'))?.passwordHash).toBe('hash of password');
    expect(audit.rows).toHaveLength(1);
  });
});
