import { Injectable } from '@nestjs/common';
import { AccessForbidden } from '../../shared/domain/access-forbidden';
import type { Role, User } from '../domain/user';
import { UserNotFound } from '../domain/errors';
import { Users } from './users';

export interface ReadUserQuery {
  readonly reader: { readonly id: string; readonly role: Role };
  readonly userId: string;
}

/** Shows users themselves, and admins everyone. */
@Injectable()
export class ReadUser {
  constructor(private readonly users: Users) {}

  /**
   * @throws AccessForbidden whether the other person exists or not
   * @throws UserNotFound
   */
  async execute({ reader, userId }: ReadUserQuery): Promise<User> {
    if (reader.id !== userId && reader.role !== 'admin') throw new AccessForbidden();
    const user = await this.users.find(userId);
    if (user === null) throw new UserNotFound();
    return user;
  }
}
