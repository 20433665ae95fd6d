import { Injectable } from '@nestjs/common';
import type { User } from '../domain/user';
import { UsernameTaken } from '../domain/errors';
import { CreateUser } from './create-user';
import { PasswordHasher } from './password-hasher';
import { SignUps } from './sign-ups';

export interface RegisterCommand {
  readonly username: string;
  readonly password: string;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** The client's network address. */
  readonly address: string;
}

/** Registers a player. */
@Injectable()
export class Register {
  constructor(
    private readonly signUps: SignUps,
    private readonly hasher: PasswordHasher,
    private readonly createUser: CreateUser,
  ) {}

  /**
   * @throws TooManySignUps
   * @throws UsernameTaken
   * @throws AuthBusy
   */
  async execute({ username, password, email = null, name, address }: RegisterCommand): Promise<User> {
    await this.signUps.take(address);
    const passwordHash = await this.hasher.hash(password, { address, isKnown: false });
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
