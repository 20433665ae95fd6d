import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { refreshTokenDigest } from '../domain/refresh-token';
import { Sessions } from './sessions';

/** Ends sessions and their access tokens. Repeated, or with an unknown token, it changes nothing. */
@Injectable()
export class LogOut {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sessions: Sessions,
  ) {}

  /** Ends all sessions of the user, wherever they began. */
  everywhere(userId: string): Promise<void> {
    return this.work.run(() => this.sessions.revokeAll(userId));
  }

  execute({ refreshToken }: { readonly refreshToken: string }): Promise<void> {
    return this.work.run(() => this.sessions.revoke(refreshTokenDigest(refreshToken)));
  }
}
