import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, Not } from 'typeorm';
import { Page, pageOf, PageRequest } from '../../shared/application/page';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { Users } from '../application/users';
import type { User } from '../domain/user';
import { usernameKey } from '../domain/username';
import { usersTable } from './users.table';

/**
 * Users in PostgreSQL. Every change states the expected old state, so that one of two concurrent changes is refused.
 */
@Injectable()
export class TypeOrmUsers extends Users {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async add(user: User): Promise<boolean> {
    const insert = this.work.writer.createQueryBuilder().insert().into(usersTable).values(user);
    const inserted = await insert.orIgnore().returning('id').updateEntity(false).execute();
    return (inserted.raw as unknown[]).length === 1;
  }

  find(id: string): Promise<User | null> {
    return this.work.reader.findOneBy(usersTable, { id });
  }

  findByUsername(username: string): Promise<User | null> {
    return this.work.reader.findOneBy(usersTable, { usernameKey: usernameKey(username) });
  }

  async page({ cursor, limit }: PageRequest): Promise<Page<User>> {
    const found = await this.work.reader.find(usersTable, {
      where: cursor === null ? {} : { id: LessThan(cursor) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(found, limit, (user) => user.id);
  }

  async storeBan({ id, bannedAt, banReason }: User): Promise<boolean> {
    const { affected } = await this.work.writer.update(usersTable, { id, bannedAt: IsNull() }, { bannedAt, banReason });
    return affected === 1;
  }

  async storeUnban({ id, bannedAt, banReason }: User): Promise<boolean> {
    const banned = { id, bannedAt: Not(IsNull()) };
    const { affected } = await this.work.writer.update(usersTable, banned, { bannedAt, banReason });
    return affected === 1;
  }

  async storeRole({ id, role }: User): Promise<boolean> {
    const { affected } = await this.work.writer.update(usersTable, { id, role: Not(role) }, { role });
    return affected === 1;
  }

  async lockAdmins(): Promise<readonly string[]> {
    // `no key`: new sessions and ballots of admins, which refer to these rows, do not wait.
    const rows = await this.work.writer.query<{ id: string }[]>(
      `select id from users where role = 'admin' and banned_at is null order by id for no key update`,
    );
    return rows.map(({ id }) => id);
  }
}
