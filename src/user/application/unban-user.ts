import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { Outbox } from '../../shared/application/outbox';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { UserNotFound } from '../domain/errors';
import { USER_UNBANNED, UserUnbanned } from '../user.events';
import { requireAdmin } from './require-admin';
import { Users } from './users';

export interface UnbanUserCommand {
  readonly actorId: string;
  readonly userId: string;
}

/** Lifts a ban; changes nothing if there is none. */
@Injectable()
export class UnbanUser {
  constructor(
    private readonly work: UnitOfWork,
    private readonly users: Users,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** @throws AccessForbidden if the actor is no longer an admin, even if the token says so @throws UserNotFound */
  execute({ actorId, userId }: UnbanUserCommand): Promise<void> {
    return this.work.run(async () => {
      await requireAdmin(this.users, actorId);
      const user = await this.users.find(userId);
      if (user === null) throw new UserNotFound();
      if (!(await this.users.storeUnban(user.unban()))) return;
      await this.audit.record({ actor: { userId: actorId }, action: 'user.unbanned', subject: userId });
      const payload = { userId } satisfies UserUnbanned;
      await this.outbox.add([{ type: USER_UNBANNED, aggregateId: userId, payload }]);
    });
  }
}
