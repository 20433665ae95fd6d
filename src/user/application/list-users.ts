import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../shared/application/page';
import type { User } from '../domain/user';
import { Users } from './users';

/** Lists all users, newest first, or those of one username in any spelling: one, or none. */
@Injectable()
export class ListUsers {
  constructor(private readonly users: Users) {}

  async execute(request: PageRequest, username: string | null): Promise<Page<User>> {
    if (username === null) return this.users.page(request);
    const user = await this.users.findByUsername(username);
    return { items: user ? [user] : [], nextCursor: null };
  }
}
