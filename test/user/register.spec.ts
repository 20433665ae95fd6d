import { CreateUser } from '../../src/user/application/create-user';
import { Register } from '../../src/user/application/register';
import { AuthBusy, TooManySignUps } from '../../src/user/domain/errors';
import { UsernameTaken } from '../../src/user/domain/errors';
import { FakeAuditTrail, FakeClock, FakeIds, FakeRandomness, FakeUnitOfWork } from '../shared/fakes';
import { FakeHasher, FakeSignUps, FakeUsers } from './fakes';

const address = '192.0.2.1';

describe('register', () => {
  let users: FakeUsers;
  let audit: FakeAuditTrail;
  let hasher: FakeHasher;
  let clock: FakeClock;
  let register: Register;
  let signUps: FakeSignUps;

  beforeEach(() => {
    users = new FakeUsers();
    audit = new FakeAuditTrail();
    hasher = new FakeHasher();
    signUps = new FakeSignUps();
    clock = new FakeClock();
    const work = new FakeUnitOfWork([users, audit]);
    register = new Register(
      signUps,
      hasher,
      new CreateUser(work, users, audit, clock, new FakeIds(), new FakeRandomness()),
    );
  });

  it('makes a player whose password is stored as a hash', async () => {
    const { id } = await register.execute({ username: 'Alice', password: 'password', address, name: 'Alice L.' });
    const user = await users.find(id);
    expect(user).toMatchObject({
      username: 'Alice',
      usernameKey: 'alice',
      name: 'Alice L.',
      email: null,
      role: 'player',
      bannedAt: null,
      passwordHash: 'hash of password',
      createdAt: clock.now(),
    });
  });

  it('gives everybody a salt of their own', async () => {
    const alice = await register.execute({ username: 'alice', password: 'password', address });
    const bob = await register.execute({ username: 'bobby', password: 'password', address });
    expect(alice.playerSalt).toHaveLength(32);
    expect(alice.playerSalt.equals(bob.playerSalt)).toBe(false);
  });

  it('writes down that the person made the account themselves, and no password', async () => {
    const { id } = await register.execute({ username: 'alice', password: 'password', address });
    expect(audit.rows).toEqual([
      { actor: { userId: id }, action: 'user.created', subject: id, details: { username: 'alice', role: 'player' } },
    ]);
  });

  it('refuses a taken username whatever its case, and stores nothing', async () => {
    await register.execute({ username: 'alice', password: 'password', address });
    await expect(register.execute({ username: 'ALICE', password: 'password', address })).rejects.toThrow(UsernameTaken);
    expect(users.rows.size).toBe(1);
    expect(audit.rows).toHaveLength(1);
  });

  it('refuses an address that makes too many accounts, before it hashes a password', async () => {
    signUps.isFull = true;
    const hashing = jest.spyOn(hasher, 'hash');
    await expect(register.execute({ username: 'alice', password: 'password', address })).rejects.toThrow(
      TooManySignUps,
    );
    expect(hashing).not.toHaveBeenCalled();
  });

  it('refuses when too many register at once, and stores nothing', async () => {
    hasher.busy = true;
    await expect(register.execute({ username: 'alice', password: 'password', address })).rejects.toThrow(AuthBusy);
    expect(users.rows.size).toBe(0);
  });
});
