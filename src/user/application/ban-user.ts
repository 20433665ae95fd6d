import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { Clock } from '../../shared/application/clock';
import { Outbox } from '../../shared/application/outbox';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { formatInstant } from '../../shared/domain/instant';
import { UserAlreadyBanned, UserNotFound } from '../domain/errors';
import { USER_BANNED, UserBanned } from '../user.events';
import { requireAdmin } from './require-admin';
import { Users } from './users';

export interface BanUserCommand {
  readonly actorId: string;
  readonly userId: string;
  readonly reason: string | null;
}

/** Bans a user from every draw. Every look-up of the standing after the commit sees it, on any replica. */
@Injectable()
export class BanUser {
  constructor(
    private readonly work: UnitOfWork,
    private readonly users: Users,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @throws AccessForbidden if the actor is no admin or is banned, even if the token says otherwise
   * @throws UserNotFound @throws UserAlreadyBanned @throws LastAdmin
   */
  execute({ actorId, userId, reason }: BanUserCommand): Promise<void> {
    return this.work.run(async () => {
      const admins = await requireAdmin(this.users, actorId);
      const user = await this.users.find(userId);
      if (user === null) throw new UserNotFound();
      const now = await this.clock.synchronise();
      const banned = user.ban(now, reason, admins);
      if (!(await this.users.storeBan(banned))) throw new UserAlreadyBanned();
      await this.audit.record({
        actor: { userId: actorId },
        at: now,
        action: 'user.banned',
        subject: userId,
        details: reason === null ? {} : { reason },
      });
      const payload = { userId, bannedAt: formatInstant(now) } satisfies UserBanned;
      await this.outbox.add([{ type: USER_BANNED, aggregateId: userId, payload, occurredAt: now }]);
    });
  }
}
