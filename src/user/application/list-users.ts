import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../shared/application/page';
import type { User } from '../domain/user';
import { Users } from './users';

/** Lists all users, newest first. */
@Injectable()
export class ListUsers {
  constructor(private readonly users: Users) {}

  execute(request: PageRequest): Promise<Page<User>> {
    return this.users.page(request);
  }
}
