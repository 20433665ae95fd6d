import { randomBytes, randomUUID } from 'node:crypto';
import { Clock } from '../../src/shared/application/clock';
import { UnitOfWork } from '../../src/shared/application/unit-of-work';
import { Page, pageOf, PageRequest } from '../../src/shared/application/page';
import { LoginAttempt, LoginAttempts } from '../../src/user/application/login-attempts';
import { PasswordHasher } from '../../src/user/application/password-hasher';
import { Sessions } from '../../src/user/application/sessions';
import { SignUps } from '../../src/user/application/sign-ups';
import { Session, SessionTokens, TokenMint, TokenOwner } from '../../src/user/application/token-mint';
import { Users } from '../../src/user/application/users';
import { AuthBusy, TooManyLoginAttempts, TooManySignUps } from '../../src/user/domain/errors';
import { PresentedToken, SESSION_LIFETIME_DAYS } from '../../src/user/domain/refresh-token';
import { NewUser, User } from '../../src/user/domain/user';
import { usernameKey } from '../../src/user/domain/username';
import { AccessForbidden } from '../../src/shared/domain/access-forbidden';
import { Admins, Players, PlayerStanding } from '../../src/user/user.api';

export class FakeUsers extends Users {
  rows: ReadonlyMap<string, User> = new Map();

  async add(user: User): Promise<boolean> {
    if (await this.findByUsername(user.username)) return false;
    return this.store(user);
  }

  async find(id: string): Promise<User | null> {
    return this.rows.get(id) ?? null;
  }

  async findByUsername(username: string): Promise<User | null> {
    return [...this.rows.values()].find((user) => user.usernameKey === usernameKey(username)) ?? null;
  }

  async page({ cursor, limit }: PageRequest): Promise<Page<User>> {
    const newestFirst = [...this.rows.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
    const behind = newestFirst.filter(({ id }) => cursor === null || id < cursor);
    return pageOf(behind.slice(0, limit + 1), limit, ({ id }) => id);
  }

  async storeBan(banned: User): Promise<boolean> {
    const stored = this.rows.get(banned.id);
    return stored?.bannedAt === null && this.store(banned);
  }

  async storeUnban(unbanned: User): Promise<boolean> {
    const stored = this.rows.get(unbanned.id);
    return stored !== undefined && stored.bannedAt !== null && this.store(unbanned);
  }

  async storeRole(changed: User): Promise<boolean> {
    const stored = this.rows.get(changed.id);
    return stored !== undefined && stored.role !== changed.role && this.store(changed);
  }

  async lockAdmins(): Promise<readonly string[]> {
    const admins = [...this.rows.values()].filter(({ role, bannedAt }) => role === 'admin' && bannedAt === null);
    return admins.map(({ id }) => id);
  }

  private store(user: User): true {
    this.rows = new Map(this.rows).set(user.id, user);
    return true;
  }
}

type FakeToken = Omit<PresentedToken, 'presentedAt' | 'refreshes'>;

export class FakeSessions extends Sessions {
  rows: ReadonlyMap<string, FakeToken> = new Map();

  constructor(private readonly clock: Clock) {
    super();
  }

  async open(userId: string, digest: Buffer): Promise<string> {
    const expiresAt = new Date(this.clock.now().getTime() + SESSION_LIFETIME_DAYS * 86_400_000);
    const sessionId = randomUUID();
    this.store(digest, { sessionId, userId, expiresAt, revokedAt: null, usedAt: null });
    return sessionId;
  }

  async lock(digest: Buffer): Promise<PresentedToken | null> {
    const token = this.tokenOf(digest);
    if (!token) return null;
    const refreshes = [...this.rows.values()].filter(({ sessionId }) => sessionId === token.sessionId).length - 1;
    return { ...token, presentedAt: this.clock.now(), refreshes };
  }

  async rotate(_sessionId: string, digest: Buffer, successor: Buffer): Promise<void> {
    const token = this.tokenOf(digest) as FakeToken;
    this.store(digest, { ...token, usedAt: this.clock.now() });
    this.store(successor, token);
  }

  async revokeAll(userId: string): Promise<void> {
    const revokedAt = this.clock.now();
    const ended = [...this.rows].map(([key, token]) => [
      key,
      token.userId === userId ? { ...token, revokedAt } : token,
    ]);
    this.rows = new Map(ended as [string, FakeToken][]);
  }

  async revoke(digest: Buffer): Promise<void> {
    const sessionId = this.tokenOf(digest)?.sessionId;
    const revokedAt = this.clock.now();
    const family = [...this.rows].filter(([, token]) => token.sessionId === sessionId);
    this.rows = new Map([...this.rows, ...family.map(([key, token]) => [key, { ...token, revokedAt }] as const)]);
  }

  private tokenOf(digest: Buffer): FakeToken | undefined {
    return this.rows.get(digest.toString('hex'));
  }

  private store(digest: Buffer, token: FakeToken): void {
    this.rows = new Map(this.rows).set(digest.toString('hex'), token);
  }
}

/** Remembers what it was asked to compare. */
export class FakeHasher extends PasswordHasher {
  readonly compared: (string | null)[] = [];
  busy = false;

  async hash(password: string): Promise<string> {
    if (this.busy) throw new AuthBusy();
    return `hash of ${password}`;
  }

  async verify(hash: string | null, password: string): Promise<boolean> {
    if (this.busy) throw new AuthBusy();
    this.compared.push(hash);
    return hash === `hash of ${password}`;
  }
}

/** Lets each address make any number of accounts, unless told otherwise. */
export class FakeSignUps extends SignUps {
  isFull = false;

  async take(): Promise<void> {
    if (this.isFull) throw new TooManySignUps(60);
  }
}

/** Lets `free` attempts of an account through until one succeeds. */
export class FakeLoginAttempts extends LoginAttempts {
  private readonly taken = new Map<string, number>();

  constructor(private readonly free = 3) {
    super();
  }

  async take({ username }: LoginAttempt): Promise<boolean> {
    const taken = this.taken.get(username) ?? 0;
    if (taken >= this.free) throw new TooManyLoginAttempts(1);
    this.taken.set(username, taken + 1);
    return false;
  }

  async succeed({ username }: LoginAttempt): Promise<void> {
    this.taken.delete(username);
  }

  async undo({ username }: LoginAttempt): Promise<void> {
    this.taken.set(username, (this.taken.get(username) ?? 1) - 1);
  }
}

export class FakeMint extends TokenMint {
  private count = 0;

  newRefreshToken(): string {
    return `refresh-${++this.count}`;
  }

  successorOf(refreshToken: string): string {
    return `${refreshToken}+`;
  }

  tokensFor({ id, role }: TokenOwner, { refreshToken }: Session): SessionTokens {
    return { accessToken: `${id} is ${role}`, expiresInSeconds: 600, refreshToken };
  }
}

/** A new user whose every field can be chosen. */
export function aUser(fields: Partial<NewUser> = {}): User {
  const id = fields.id ?? randomUUID();
  return User.create({
    id,
    username: `user-${id.slice(0, 8)}`,
    email: null,
    name: null,
    passwordHash: 'hash of password',
    role: 'player',
    playerSalt: randomBytes(32),
    createdAt: new Date('2026-11-21T12:00:00.000Z'),
    ...fields,
  });
}

/** One admin, until they are demoted. */
export class FakeAdmins extends Admins {
  readonly id = '01a1fd69-0000-7000-8000-00000000ad14';
  isDemoted = false;

  constructor(private readonly work: UnitOfWork) {
    super();
  }

  act<T>(actorId: string, work: () => Promise<T>): Promise<T> {
    return this.work.run(async () => {
      if (actorId !== this.id || this.isDemoted) throw new AccessForbidden();
      return work();
    });
  }
}

/** Everybody is known, and called after their id. */
export class FakePlayers extends Players {
  async standings(userIds: readonly string[]): Promise<ReadonlyMap<string, PlayerStanding>> {
    return new Map(userIds.map((id) => [id, { salt: Buffer.from(id), banned: false }]));
  }

  async bannedUserIds(): Promise<readonly string[]> {
    return [];
  }

  async displayName(userId: string): Promise<string> {
    return `the name of ${userId}`;
  }
}
