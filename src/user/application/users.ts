import type { Page, PageRequest } from '../../shared/application/page';
import type { User } from '../domain/user';

/** Stores users. */
export abstract class Users {
  /** Stores a new user. Returns false, with nothing stored, if the username is taken in any spelling. */
  abstract add(user: User): Promise<boolean>;

  abstract find(id: string): Promise<User | null>;

  abstract findByUsername(username: string): Promise<User | null>;

  /** Newest first. */
  abstract page(request: PageRequest): Promise<Page<User>>;

  /** Stores the ban of a user who is not banned. Returns false, with nothing stored, if the user is banned. */
  abstract storeBan(banned: User): Promise<boolean>;

  /** Lifts the ban of a banned user. Returns false if there was none. */
  abstract storeUnban(unbanned: User): Promise<boolean>;

  /** Stores a role that differs from the stored one. Returns false if it does not. */
  abstract storeRole(changed: User): Promise<boolean>;

  /**
   * Locks and returns the ids of all admins who are not banned; they stay so until the unit of work ends: acts of
   * admins queue here.
   */
  abstract lockAdmins(): Promise<readonly string[]>;
}
