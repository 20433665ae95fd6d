import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import type { Role, User } from '../domain/user';
import { UserNotFound } from '../domain/errors';
import { requireAdmin } from './require-admin';
import { Users } from './users';

export interface ChangeRoleCommand {
  readonly actorId: string;
  readonly userId: string;
  readonly role: Role;
}

/** Makes a player an admin, or an admin a player; there is always an admin left. */
@Injectable()
export class ChangeRole {
  constructor(
    private readonly work: UnitOfWork,
    private readonly users: Users,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @throws AccessForbidden if the actor is no longer an admin, even if the token says so @throws UserNotFound @throws
   * LastAdmin
   */
  execute({ actorId, userId, role }: ChangeRoleCommand): Promise<User> {
    return this.work.run(async () => {
      const admins = await requireAdmin(this.users, actorId);
      const user = await this.users.find(userId);
      if (user === null) throw new UserNotFound();
      const changed = user.withRole(role, admins);
      if (await this.users.storeRole(changed)) {
        await this.audit.record({
          actor: { userId: actorId },
          action: 'user.role-changed',
          subject: userId,
          details: { from: user.role, to: role },
        });
      }
      return changed;
    });
  }
}
