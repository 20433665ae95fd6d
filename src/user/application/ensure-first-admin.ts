import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../shared/application/audit-trail';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { invariant } from '../../shared/domain/invariant';
import { CreateUser } from './create-user';
import { PasswordHasher, SERVICE } from './password-hasher';
import { Users } from './users';

export interface EnsureFirstAdminCommand {
  readonly username: string;
  readonly password: string;
}

export type FirstAdminOutcome = 'created' | 'raised' | 'unchanged';

/** A player who took the name before it was configured must not become admin by that. */
export class FirstAdminNameTaken extends Error {
  constructor() {
    super('ADMIN_USERNAME is a player with another password: configure another name, or that player’s password.');
  }
}

/**
 * Ensures that the configured admin exists: created, or promoted from a player whose password is the configured one.
 * Never changes an existing password. Safe to run in any number of processes at once.
 */
@Injectable()
export class EnsureFirstAdmin {
  constructor(
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly createUser: CreateUser,
    private readonly work: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws FirstAdminNameTaken */
  async execute(command: EnsureFirstAdminCommand): Promise<FirstAdminOutcome> {
    const existing = await this.users.findByUsername(command.username);
    if (existing === null && (await this.create(command))) return 'created';
    return this.raise(command);
  }

  /** Returns false if another process was faster. */
  private async create({ username, password }: EnsureFirstAdminCommand): Promise<boolean> {
    const passwordHash = await this.hasher.hash(password, SERVICE);
    const fields = { username, passwordHash, role: 'admin', name: null, email: null, actor: 'service' } as const;
    return (await this.createUser.execute(fields)) !== null;
  }

  private async raise({ username, password }: EnsureFirstAdminCommand): Promise<FirstAdminOutcome> {
    const user = await this.users.findByUsername(username);
    invariant(user, 'users are never deleted');
    if (user.role === 'admin') return 'unchanged';
    if (!(await this.hasher.verify(user.passwordHash, password, SERVICE))) throw new FirstAdminNameTaken();
    return this.work.run(async () => {
      if (!(await this.users.storeRole(user.asAdmin()))) return 'unchanged';
      const details = { from: user.role, to: 'admin' };
      await this.audit.record({ actor: 'service', action: 'user.role-changed', subject: user.id, details });
      return 'raised';
    });
  }
}
