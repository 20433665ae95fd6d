import { ChangeRole } from '../../src/user/application/change-role';
import { AccessForbidden } from '../../src/shared/domain/access-forbidden';
import type { Role, User } from '../../src/user/domain/user';
import { LastAdmin, UserNotFound } from '../../src/user/domain/errors';
import { FakeAuditTrail, FakeUnitOfWork } from '../shared/fakes';
import { aUser, FakeUsers } from './fakes';

describe('change a role', () => {
  let admin: User;
  let player: User;
  let users: FakeUsers;
  let audit: FakeAuditTrail;
  let change: (actor: User, userId: string, role: Role) => Promise<User>;

  beforeEach(async () => {
    users = new FakeUsers();
    audit = new FakeAuditTrail();
    const useCase = new ChangeRole(new FakeUnitOfWork([users, audit]), users, audit);
    change = (actor, userId, role) => useCase.execute({ actorId: actor.id, userId, role });
    admin = aUser({ role: 'admin' });
    player = aUser();
    await users.add(admin);
    await users.add(player);
  });

  it('makes a player an admin and writes down who did it', async () => {
    expect((await change(admin, player.id, 'admin')).role).toBe('admin');
    expect((await users.find(player.id))?.role).toBe('admin');
    const details = { from: 'player', to: 'admin' };
    expect(audit.rows).toEqual([
      { actor: { userId: admin.id }, action: 'user.role-changed', subject: player.id, details },
    ]);
  });

  it('makes an admin a player while another admin is left', async () => {
    await change(admin, player.id, 'admin');
    await change(admin, admin.id, 'player');
    expect((await users.find(admin.id))?.role).toBe('player');
  });

  it('refuses to make the last admin a player', async () => {
    await expect(change(admin, admin.id, 'player')).rejects.toThrow(LastAdmin);
    expect((await users.find(admin.id))?.role).toBe('admin');
  });

  it('counts no admin who is banned as one who is left, and makes a banned one a player', async () => {
    await change(admin, player.id, 'admin');
    const banned = ((await users.find(player.id)) as User).ban(new Date(), null, 2);
    await users.storeBan(banned);
    await expect(change(admin, admin.id, 'player')).rejects.toThrow(LastAdmin);
    await change(admin, player.id, 'player');
    expect((await users.find(player.id))?.role).toBe('player');
  });

  it('writes nothing down where the role is that already', async () => {
    await change(admin, player.id, 'player');
    await change(admin, admin.id, 'admin');
    expect(audit.rows).toHaveLength(0);
  });

  it('refuses an admin who was demoted, though their token still says admin', async () => {
    await change(admin, player.id, 'admin');
    await change(player, admin.id, 'player');
    await expect(change(admin, admin.id, 'admin')).rejects.toThrow(AccessForbidden);
    expect((await users.find(admin.id))?.role).toBe('player');
  });

  it('refuses an unknown user', async () => {
    await expect(change(admin, aUser().id, 'admin')).rejects.toThrow(UserNotFound);
  });
});
