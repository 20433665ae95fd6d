import type { DatabaseClock } from '../../src/platform/database/database-clock';
import { TypeOrmAuditTrail } from '../../src/platform/audit/typeorm-audit-trail';
import { clockOf } from '../support/database-clock';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import type { TypeOrmOutbox } from '../../src/platform/events/typeorm-outbox';
import { SystemRandomness } from '../../src/platform/randomness/system-randomness';
import { UuidV7Ids } from '../../src/platform/randomness/uuid-v7-ids';
import { BanUser } from '../../src/user/application/ban-user';
import { ChangeRole } from '../../src/user/application/change-role';
import { CreateUser } from '../../src/user/application/create-user';
import { EnsureFirstAdmin } from '../../src/user/application/ensure-first-admin';
import { Register } from '../../src/user/application/register';
import type { User } from '../../src/user/domain/user';
import { TypeOrmUsers } from '../../src/user/infrastructure/typeorm-users';
import { usersTable } from '../../src/user/infrastructure/users.table';
import { FakeSigner } from '../shared/fakes';
import { aUser, FakeHasher, FakeSignUps } from './fakes';
import { blink, inRounds, meeting, outcomes, RaceStage, ROUNDS, setRaceStage } from './race-stage';

/** Admins who can act. */
const ACTING = `role = 'admin' and banned_at is null`;

/** Each race is run twice: as the service runs it, and with the bug that it exists to catch. */
describe('at the same time', () => {
  let stage: RaceStage;
  let work: TypeOrmUnitOfWork;
  let users: TypeOrmUsers;
  let clock: DatabaseClock;
  let audit: TypeOrmAuditTrail;
  let outbox: TypeOrmOutbox;

  beforeEach(async () => {
    stage = await setRaceStage();
    ({ work, users, clock, audit, outbox } = stage);
  });

  afterEach(() => stage.database.drop());

  describe('32 people register one username', () => {
    const race = async (store: TypeOrmUsers) => {
      const register = new Register(new FakeSignUps(), new FakeHasher(), createUser(store));
      const spelling = (index: number) => (index % 2 ? 'alice' : 'ALICE');
      return outcomes(32, (index) =>
        register.execute({ username: spelling(index), password: 'password', address: '192.0.2.1' }),
      );
    };

    it('and one of them gets it', async () => {
      expect(await race(users)).toEqual({ done: 1, 'user.username-taken': 31 });
      expect(await stage.count('users')).toBe(1);
      expect(await stage.count('audit_entries')).toBe(1);
    });

    it('and most would meet a fault if each looked first and inserted then', async () => {
      const allHaveLooked = meeting(32);
      class LooksFirst extends TypeOrmUsers {
        override async add(user: User): Promise<boolean> {
          if (await this.findByUsername(user.username)) return false;
          await allHaveLooked();
          await work.writer.insert(usersTable, user);
          return true;
        }
      }
      expect(await race(new LooksFirst(work))).toEqual({ done: 1, QueryFailedError: 31 });
    });
  });

  describe('three processes make the first admin', () => {
    const race = async (store: (own: TypeOrmUnitOfWork) => TypeOrmUsers) =>
      outcomes(3, () => {
        const own = new TypeOrmUnitOfWork(stage.database.dataSource);
        const ownClock = clockOf(own);
        const ownAudit = new TypeOrmAuditTrail(own, ownClock, new UuidV7Ids(), new FakeSigner());
        const create = new CreateUser(own, store(own), ownAudit, ownClock, new UuidV7Ids(), new SystemRandomness());
        const ensure = new EnsureFirstAdmin(store(own), new FakeHasher(), create, own, ownAudit);
        return ensure.execute({ username: 'boss', password: 'password' });
      });

    it('and there is one', async () => {
      expect(await race((own) => new TypeOrmUsers(own))).toEqual({ done: 3 });
      expect(await stage.count('users')).toBe(1);
      expect(await stage.count('audit_entries')).toBe(1);
    });

    it('and one would not start if each looked first and inserted then', async () => {
      const allHaveLooked = meeting(3);
      class LooksFirst extends TypeOrmUsers {
        constructor(private readonly own: TypeOrmUnitOfWork) {
          super(own);
        }

        override async add(user: User): Promise<boolean> {
          await allHaveLooked();
          await this.own.writer.insert(usersTable, user);
          return true;
        }
      }
      expect(await race((own) => new LooksFirst(own))).toEqual({ done: 1, QueryFailedError: 2 });
    });
  });

  describe('two admins ban one player', () => {
    const race = async (store: TypeOrmUsers, rounds: number) =>
      inRounds(rounds, async () => {
        const [admin, player] = [await stage.add(aUser({ role: 'admin' })), await stage.add(aUser())];
        const ban = new BanUser(work, store, audit, clock, outbox);
        return outcomes(2, () => ban.execute({ actorId: admin.id, userId: player.id, reason: null }));
      });

    it('and one of them did it', async () => {
      expect(await race(users, ROUNDS)).toEqual({ done: ROUNDS, 'user.already-banned': ROUNDS });
      expect(await stage.count('audit_entries')).toBe(ROUNDS);
    });

    it('and both would believe they did if the ban were stored without lock and condition', async () => {
      const bothHaveLooked = meeting(2);
      class StoresBlindly extends countsWithoutLock() {
        override async storeBan({ id, bannedAt }: User): Promise<boolean> {
          await bothHaveLooked();
          const { affected } = await work.writer.update(usersTable, { id }, { bannedAt });
          return affected === 1;
        }
      }
      expect(await race(new StoresBlindly(work), 1)).toEqual({ done: 2 });
    });
  });

  describe('an admin bans a player while another admin demotes them', () => {
    const race = async (store: TypeOrmUsers) => {
      const [admin, demoted, player] = [
        await stage.add(aUser({ role: 'admin' })),
        await stage.add(aUser({ role: 'admin' })),
        await stage.add(aUser()),
      ];
      let hasDemoted: () => void;
      const demotion = new Promise<void>((resolve) => (hasDemoted = resolve));
      class CommitsLate extends TypeOrmUsers {
        override async storeRole(changed: User): Promise<boolean> {
          const stored = await super.storeRole(changed);
          hasDemoted();
          await blink();
          return stored;
        }
      }
      const change = new ChangeRole(work, new CommitsLate(work), audit);
      const demoting = change.execute({ actorId: admin.id, userId: demoted.id, role: 'player' });
      await demotion;
      const ban = new BanUser(work, store, audit, clock, outbox);
      const result = await outcomes(1, () => ban.execute({ actorId: demoted.id, userId: player.id, reason: null }));
      await demoting;
      return result;
    };

    it('and may not', async () => {
      expect(await race(users)).toEqual({ 'access.forbidden': 1 });
    });

    it('and would, if nobody waited for the demotion', async () => {
      expect(await race(new (countsWithoutLock())(work))).toEqual({ done: 1 });
    });
  });

  const each = (index: number) => 1 - index;
  const self = (index: number) => index;
  describe.each([
    ['demote each other', 'access.forbidden', each, ['demote', 'demote']],
    ['resign', 'user.last-admin', self, ['demote', 'demote']],
    ['ban each other', 'access.forbidden', each, ['ban', 'ban']],
    ['ban themselves', 'user.last-admin', self, ['ban', 'ban']],
    ['ban and demote each other', 'access.forbidden', each, ['ban', 'demote']],
  ] as const)('the last two admins %s', (_, refusal, targetOf, acts) => {
    const race = async (store: TypeOrmUsers, rounds: number) =>
      inRounds(rounds, async () => {
        await stage.database.dataSource.query(`update users set role = 'player'`);
        const admins = [await stage.add(aUser({ role: 'admin' })), await stage.add(aUser({ role: 'admin' }))] as const;
        const change = new ChangeRole(work, store, audit);
        const ban = new BanUser(work, store, audit, clock, outbox);
        return outcomes(2, async (index) => {
          const [actorId, userId] = [admins[index]?.id as string, admins[targetOf(index)]?.id as string];
          if (acts[index] === 'ban') await ban.execute({ actorId, userId, reason: null });
          else await change.execute({ actorId, userId, role: 'player' });
        });
      });

    it('and one is left', async () => {
      expect(await race(users, ROUNDS)).toEqual({ done: ROUNDS, [refusal]: ROUNDS });
      expect(await stage.count('users', ACTING)).toBe(1);
    });

    it('and none would be left if they were counted without a lock', async () => {
      const bothHaveCounted = meeting(2);
      class CountsAtOnce extends countsWithoutLock() {
        override async lockAdmins(): Promise<readonly string[]> {
          const admins = await super.lockAdmins();
          await bothHaveCounted();
          return admins;
        }
      }
      expect(await race(new CountsAtOnce(work), 1)).toEqual({ done: 2 });
      expect(await stage.count('users', ACTING)).toBe(0);
    });
  });

  function createUser(store: TypeOrmUsers): CreateUser {
    return new CreateUser(work, store, audit, clock, new UuidV7Ids(), new SystemRandomness());
  }

  function countsWithoutLock() {
    return class extends TypeOrmUsers {
      override async lockAdmins(): Promise<readonly string[]> {
        const rows = await work.reader.query<{ id: string }[]>(`select id from users where ${ACTING}`);
        return rows.map(({ id }) => id);
      }
    };
  }
});
