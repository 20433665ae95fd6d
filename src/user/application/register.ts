import { Injectable } from '@nestjs/common';
import type { User } from '../domain/user';
import { UsernameTaken } from '../domain/errors';
import { CreateUser } from './create-user';
import { PasswordHasher } from './password-hasher';

export interface RegisterCommand {
  readonly username: string;
  readonly password: string;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/** Registers a player. */
@Injectable()
export class Register {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly createUser: CreateUser,
  ) {}

  /**
   * @throws UsernameTaken
   * @throws AuthBusy
   */
  async execute({ username, password, email = null, name }: RegisterCommand): Promise<User> {
    const passwordHash = await this.hasher.hash(password);
    const user = await this.createUser.execute({
      username,
      email,
      name: name?.trim() ?? null,
      passwordHash,
      role: 'player',
    });
    if (user === null) throw new UsernameTaken();
    return user;
  }
}
