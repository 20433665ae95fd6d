import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { refreshTokenDigest } from '../domain/refresh-token';
import { Sessions } from './sessions';

/** Ends a session and its access tokens. Repeated, or with an unknown token, it changes nothing. */
@Injectable()
export class LogOut {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sessions: Sessions,
  ) {}

  execute({ refreshToken }: { readonly refreshToken: string }): Promise<void> {
    return this.work.run(() => this.sessions.revoke(refreshTokenDigest(refreshToken)));
  }
}
