import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { Clock } from '../../shared/application/clock';
import { Ids } from '../../shared/application/ids';
import { Randomness } from '../../shared/application/randomness';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { NewUser, User } from '../domain/user';
import { Users } from './users';

const PLAYER_SALT_BYTES = 32;

export type CreateUserCommand = Omit<NewUser, 'id' | 'playerSalt' | 'createdAt'> & {
  /** Absent if people create their own account. */
  readonly actor?: 'service';
};

/** Creates an account and records who did so. */
@Injectable()
export class CreateUser {
  constructor(
    private readonly work: UnitOfWork,
    private readonly users: Users,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly randomness: Randomness,
  ) {}

  /** @returns null, with nothing stored, if the username is taken. */
  execute({ actor, ...fields }: CreateUserCommand): Promise<User | null> {
    return this.work.run(async () => {
      const createdAt = await this.clock.synchronise();
      const id = this.ids.next(createdAt);
      const user = User.create({ ...fields, id, createdAt, playerSalt: this.randomness.bytes(PLAYER_SALT_BYTES) });
      if (!(await this.users.add(user))) return null;
      const { username, role } = user;
      await this.audit.record({
        actor: actor ?? { userId: id },
        action: 'user.created',
        subject: id,
        details: { username, role },
      });
      return user;
    });
  }
}
