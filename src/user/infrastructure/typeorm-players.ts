import { Injectable } from '@nestjs/common';
import { TypeOrmUnitOfWork } from '../../shared/infrastructure/typeorm-unit-of-work';
import { Users } from '../application/users';
import { UserNotFound } from '../domain/user-errors';
import { Players, PlayerStanding } from '../user.api';

interface StandingRow {
  readonly id: string;
  readonly player_salt: Buffer;
  readonly banned: boolean;
}

/** Answers the other modules' questions about people. */
@Injectable()
export class TypeOrmPlayers extends Players {
  constructor(
    private readonly work: TypeOrmUnitOfWork,
    private readonly users: Users,
  ) {
    super();
  }

  async standings(userIds: readonly string[]): Promise<ReadonlyMap<string, PlayerStanding>> {
    const rows = await this.work.reader.query<StandingRow[]>(
      'select id, player_salt, banned_at is not null as banned from users where id = any($1)',
      [userIds],
    );
    return new Map(rows.map(({ id, player_salt: salt, banned }) => [id, { salt, banned }]));
  }

  async bannedUserIds(limit: number | null): Promise<readonly string[]> {
    const rows = await this.work.reader.query<{ id: string }[]>(
      'select id from users where banned_at is not null limit $1',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** @throws UserNotFound */
  async displayName(userId: string): Promise<string> {
    const user = await this.users.find(userId);
    if (user === null) throw new UserNotFound();
    return user.name ?? user.username;
  }
}
