import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../shared/application/page';
import { formatInstant } from '../../shared/domain/instant';
import { Role, ROLES, User } from '../domain/user';

export class UserView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty()
  readonly username: string;

  @ApiProperty({ type: String, nullable: true })
  readonly name: string | null;

  @ApiProperty({ type: String, format: 'idn-email', nullable: true, description: 'Not verified' })
  readonly email: string | null;

  @ApiProperty({ enum: ROLES })
  readonly role: Role;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly bannedAt: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly banReason: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  constructor(user: User) {
    this.id = user.id;
    this.username = user.username;
    this.name = user.name;
    this.email = user.email;
    this.role = user.role;
    this.bannedAt = user.bannedAt && formatInstant(user.bannedAt);
    this.banReason = user.banReason;
    this.createdAt = formatInstant(user.createdAt);
  }
}

export class UserPageView {
  @ApiProperty({ type: [UserView] })
  readonly items: readonly UserView[];

  @ApiProperty({ type: String, nullable: true, description: 'Give it back as cursor for the page behind this one' })
  readonly nextCursor: string | null;

  constructor({ items, nextCursor }: Page<User>) {
    this.items = items.map((user) => new UserView(user));
    this.nextCursor = nextCursor;
  }
}
