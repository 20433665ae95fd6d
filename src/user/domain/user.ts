import { invariant } from '../../shared/domain/invariant';
import { LastAdmin, UserAlreadyBanned } from './errors';
import { USERNAME, usernameKey } from './username';

export const ROLES = ['player', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface UserState {
  readonly id: string;
  readonly username: string;
  readonly usernameKey: string;
  /** As typed, not verified. */
  readonly email: string | null;
  readonly name: string | null;
  readonly passwordHash: string;
  readonly role: Role;
  /** Secret; keys the pseudonym of each draw. */
  readonly playerSalt: Buffer;
  readonly bannedAt: Date | null;
  readonly banReason: string | null;
  readonly createdAt: Date;
}

export type NewUser = Omit<UserState, 'usernameKey' | 'bannedAt' | 'banReason'>;

/** A registered person. */
export class User implements UserState {
  readonly id!: string;
  readonly username!: string;
  readonly usernameKey!: string;
  readonly email!: string | null;
  readonly name!: string | null;
  readonly passwordHash!: string;
  readonly role!: Role;
  readonly playerSalt!: Buffer;
  readonly bannedAt!: Date | null;
  readonly banReason!: string | null;
  readonly createdAt!: Date;

  constructor(state: UserState) {
    Object.assign(this, state);
  }

  static create(fields: NewUser): User {
    invariant(USERNAME.test(fields.username), 'a username has 3 to 32 letters, digits, dots, _ or -');
    invariant(fields.playerSalt.length === 32, 'a player salt has 32 bytes');
    return new User({ ...fields, usernameKey: usernameKey(fields.username), bannedAt: null, banReason: null });
  }

  /** @param admins the number of admins who are not banned. @throws UserAlreadyBanned, LastAdmin */
  ban(now: Date, reason: string | null, admins: number): User {
    if (this.bannedAt !== null) throw new UserAlreadyBanned();
    if (this.isLast(admins)) throw new LastAdmin();
    return new User({ ...this, bannedAt: now, banReason: reason });
  }

  unban(): User {
    return new User({ ...this, bannedAt: null, banReason: null });
  }

  asAdmin(): User {
    return new User({ ...this, role: 'admin' });
  }

  /** @param admins the number of admins who are not banned. @throws LastAdmin */
  withRole(role: Role, admins: number): User {
    if (role !== 'admin' && this.isLast(admins)) throw new LastAdmin();
    return new User({ ...this, role });
  }

  /** Whether nobody could act as admin without this user. */
  private isLast(admins: number): boolean {
    return this.role === 'admin' && this.bannedAt === null && admins <= 1;
  }
}
