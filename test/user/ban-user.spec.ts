import { BanUser } from '../../src/user/application/ban-user';
import { UnbanUser } from '../../src/user/application/unban-user';
import { AccessForbidden } from '../../src/shared/domain/access-forbidden';
import type { User } from '../../src/user/domain/user';
import { LastAdmin, UserAlreadyBanned, UserNotFound } from '../../src/user/domain/errors';
import { FakeAuditTrail, FakeClock, FakeOutbox, FakeUnitOfWork } from '../shared/fakes';
import { aUser, FakeUsers } from './fakes';

const actorId = '01a1fd69-0000-7000-8000-00000000ad14';
const nobodyId = '01a1fd69-0000-7000-8000-000000000b0d';

describe('ban', () => {
  let player: User;
  let users: FakeUsers;
  let audit: FakeAuditTrail;
  let clock: FakeClock;
  let outbox: FakeOutbox;
  let ban: (userId: string, reason?: string | null) => Promise<void>;
  let unban: (userId: string) => Promise<void>;

  beforeEach(async () => {
    users = new FakeUsers();
    audit = new FakeAuditTrail();
    clock = new FakeClock();
    outbox = new FakeOutbox();
    const work = new FakeUnitOfWork([users, audit, outbox]);
    const banUser = new BanUser(work, users, audit, clock, outbox);
    const unbanUser = new UnbanUser(work, users, audit, outbox);
    ban = (userId, reason = null) => banUser.execute({ actorId, userId, reason });
    unban = (userId) => unbanUser.execute({ actorId, userId });
    player = aUser();
    await users.add(aUser({ id: actorId, role: 'admin' }));
    await users.add(player);
  });

  it('keeps when and why', async () => {
    await ban(player.id, 'three accounts');
    expect(await users.find(player.id)).toMatchObject({ bannedAt: clock.now(), banReason: 'three accounts' });
  });

  it('writes down who did it and why', async () => {
    await ban(player.id, 'three accounts');
    const details = { reason: 'three accounts' };
    const act = { actor: { userId: actorId }, action: 'user.banned', subject: player.id };
    expect(audit.rows).toEqual([{ ...act, at: clock.now(), details }]);
  });

  it('needs no reason', async () => {
    await ban(player.id);
    expect(await users.find(player.id)).toMatchObject({ bannedAt: clock.now(), banReason: null });
    expect(audit.rows[0]?.details).toEqual({});
  });

  it('is announced, and so is its end, without the reason', async () => {
    await ban(player.id, 'three accounts');
    await expect(ban(player.id)).rejects.toThrow(UserAlreadyBanned);
    await unban(player.id);
    await unban(player.id);
    expect(outbox.rows).toEqual([
      {
        type: 'user.banned',
        aggregateId: player.id,
        payload: { userId: player.id, bannedAt: clock.now().toISOString() },
        occurredAt: clock.now(),
      },
      { type: 'user.unbanned', aggregateId: player.id, payload: { userId: player.id } },
    ]);
  });

  it('refuses a second ban and keeps the first', async () => {
    await ban(player.id, 'first');
    await expect(ban(player.id, 'second')).rejects.toThrow(UserAlreadyBanned);
    expect((await users.find(player.id))?.banReason).toBe('first');
    expect(audit.rows).toHaveLength(1);
  });

  it('refuses where somebody else was faster', async () => {
    jest.spyOn(users, 'find').mockResolvedValueOnce(player);
    await users.storeBan(player.ban(clock.now(), 'faster', 1));
    await expect(ban(player.id)).rejects.toThrow(UserAlreadyBanned);
    expect(audit.rows).toHaveLength(0);
  });

  it('refuses an unknown user', async () => {
    await expect(ban(nobodyId)).rejects.toThrow(UserNotFound);
  });

  it('refuses an admin who was demoted, though their token still says admin', async () => {
    await demoteActor();
    await expect(ban(player.id)).rejects.toThrow(AccessForbidden);
    expect((await users.find(player.id))?.bannedAt).toBeNull();
    expect(audit.rows).toHaveLength(0);
  });

  it('refuses an admin who was banned, and does not let them lift their own ban', async () => {
    const [other, actor] = [aUser({ role: 'admin' }), (await users.find(actorId)) as User];
    await users.add(other);
    await users.storeBan(actor.ban(clock.now(), null, 2));
    await expect(ban(player.id)).rejects.toThrow(AccessForbidden);
    await expect(unban(actorId)).rejects.toThrow(AccessForbidden);
    expect((await users.find(actorId))?.bannedAt).not.toBeNull();
  });

  it('refuses to ban the last admin who is not banned', async () => {
    await expect(ban(actorId)).rejects.toThrow(LastAdmin);
    const other = aUser({ role: 'admin' });
    await users.add(other);
    await ban(other.id);
    await expect(ban(actorId)).rejects.toThrow(LastAdmin);
    await unban(other.id);
    await ban(actorId);
    expect((await users.find(actorId))?.bannedAt).not.toBeNull();
  });

  it('does not happen when it cannot be written down', async () => {
    jest.spyOn(audit, 'record').mockRejectedValueOnce(new Error('no audit'));
    await expect(ban(player.id)).rejects.toThrow('no audit');
    expect((await users.find(player.id))?.bannedAt).toBeNull();
  });

  describe('lifted', () => {
    it('leaves neither time nor reason', async () => {
      await ban(player.id, 'three accounts');
      await unban(player.id);
      expect(await users.find(player.id)).toMatchObject({ bannedAt: null, banReason: null });
      expect(audit.rows[1]).toEqual({ actor: { userId: actorId }, action: 'user.unbanned', subject: player.id });
    });

    it('changes and writes nothing where there is no ban', async () => {
      await unban(player.id);
      expect(audit.rows).toHaveLength(0);
    });

    it('may be followed by a new ban', async () => {
      await ban(player.id);
      await unban(player.id);
      await expect(ban(player.id)).resolves.toBeUndefined();
    });

    it('refuses an unknown user', async () => {
      await expect(unban(nobodyId)).rejects.toThrow(UserNotFound);
    });

    it('refuses an admin who was demoted', async () => {
      await ban(player.id);
      await demoteActor();
      await expect(unban(player.id)).rejects.toThrow(AccessForbidden);
      expect((await users.find(player.id))?.bannedAt).not.toBeNull();
    });
  });

  async function demoteActor(): Promise<void> {
    const actor = await users.find(actorId);
    await users.storeRole((actor as User).withRole('player', 2));
  }
});
