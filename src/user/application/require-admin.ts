import { AccessForbidden } from '../../shared/domain/access-forbidden';
import type { Users } from './users';

/**
 * Ensures that the actor is an admin who is not banned, and stays one until the unit of work ends.
 *
 * @returns the number of such admins. @throws AccessForbidden if the actor is none, even if the token says so
 */
export async function requireAdmin(users: Users, actorId: string): Promise<number> {
  const admins = await users.lockAdmins();
  if (!admins.includes(actorId)) throw new AccessForbidden();
  return admins.length;
}
