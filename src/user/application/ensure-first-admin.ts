import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { invariant } from '../../shared/domain/invariant';
import { CreateUser } from './create-user';
import { PasswordHasher } from './password-hasher';
import { Users } from './users';

export interface EnsureFirstAdminCommand {
  readonly username: string;
  readonly password: string;
}

export type FirstAdminOutcome = 'created' | 'raised' | 'unchanged';

/** Sees to it that the configured admin is one. A password that exists is never changed. Any number of processes at once. */
@Injectable()
export class EnsureFirstAdmin {
  constructor(
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly createUser: CreateUser,
    private readonly work: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  async execute(command: EnsureFirstAdminCommand): Promise<FirstAdminOutcome> {
    const existing = await this.users.findByUsername(command.username);
    if (existing === null && (await this.create(command))) return 'created';
    return this.raise(command.username);
  }

  /** False where another process was faster. */
  private async create({ username, password }: EnsureFirstAdminCommand): Promise<boolean> {
    const passwordHash = await this.hasher.hash(password);
    const fields = { username, passwordHash, role: 'admin', name: null, email: null, actor: 'service' } as const;
    return (await this.createUser.execute(fields)) !== null;
  }

  private raise(username: string): Promise<FirstAdminOutcome> {
    return this.work.run(async () => {
      const user = await this.users.findByUsername(username);
      invariant(user, 'users are never deleted');
      if (!(await this.users.storeRole(user.asAdmin()))) return 'unchanged';
      const details = { from: user.role, to: 'admin' };
      await this.audit.record({ actor: 'service', action: 'user.role-changed', subject: user.id, details });
      return 'raised';
    });
  }
}
