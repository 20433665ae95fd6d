import { AccessForbidden } from '../../shared/domain/access-forbidden';
import type { Users } from './users';

/**
 * Sees to it that the actor is an admin, and stays one until the unit of work ends.
 *
 * @returns how many admins there are.
 * @throws AccessForbidden where the actor is no admin any more, though their token still says so
 */
export async function requireAdmin(users: Users, actorId: string): Promise<number> {
  const admins = await users.lockAdmins();
  if (!admins.includes(actorId)) throw new AccessForbidden();
  return admins.length;
}
