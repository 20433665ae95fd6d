import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { Admins } from '../user.api';
import { requireAdmin } from './require-admin';
import { Users } from './users';

/** Runs acts of other modules that only admins may do. */
@Injectable()
export class ActAsAdmin extends Admins {
  constructor(
    private readonly work: UnitOfWork,
    private readonly users: Users,
  ) {
    super();
  }

  act<T>(actorId: string, work: () => Promise<T>): Promise<T> {
    return this.work.run(async () => {
      await requireAdmin(this.users, actorId);
      return work();
    });
  }
}
