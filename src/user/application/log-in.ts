import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { BadCredentials } from '../domain/errors';
import { refreshTokenDigest } from '../domain/refresh-token';
import type { User } from '../domain/user';
import { LoginAttempt, LoginAttempts } from './login-attempts';
import { PasswordHasher } from './password-hasher';
import { Sessions } from './sessions';
import { SessionTokens, TokenMint } from './token-mint';
import { Users } from './users';

export type LogInCommand = LoginAttempt & { readonly password: string };

/** Logs a user in: checks the password and returns the tokens of a new session. Banned users may log in and read. */
@Injectable()
export class LogIn {
  constructor(
    private readonly attempts: LoginAttempts,
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly work: UnitOfWork,
    private readonly sessions: Sessions,
    private readonly mint: TokenMint,
  ) {}

  /**
   * @throws TooManyLoginAttempts
   * @throws BadCredentials alike for a wrong password and an unknown user
   * @throws AuthBusy
   */
  async execute({ password, ...attempt }: LogInCommand): Promise<SessionTokens> {
    const isKnown = await this.attempts.take(attempt);
    const user = await this.users.findByUsername(attempt.username);
    const verified = await this.verify(user, password, attempt, isKnown);
    if (user === null || !verified) throw new BadCredentials();
    const refreshToken = this.mint.newRefreshToken();
    const sessionId = await this.work.run(async () => {
      await this.attempts.succeed(attempt);
      return this.sessions.open(user.id, refreshTokenDigest(refreshToken));
    });
    return this.mint.tokensFor(user, { sessionId, refreshToken });
  }

  private async verify(user: User | null, password: string, attempt: LoginAttempt, isKnown: boolean): Promise<boolean> {
    try {
      return await this.hasher.verify(user?.passwordHash ?? null, password, { address: attempt.address, isKnown });
    } catch (error) {
      await this.attempts.undo(attempt, isKnown);
      throw error;
    }
  }
}
