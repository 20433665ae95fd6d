import { hash, timingSafeEqual } from 'node:crypto';
import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ACCESS, Access, SignedInRequest, SignedInUser } from '../../shared/infrastructure/access';
import { CompleteConfig, Config } from '../../shared/infrastructure/config';
import { AccessForbidden, InternalTokenMissing, InternalTokenWrong } from '../domain/access-errors';
import { JwtAccessTokens } from './jwt-access-tokens';

/** Stands before every route and lets nobody through unless the route says so. Asks no database. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly internalTokenDigest: Buffer;
  private readonly checks: Readonly<Record<Access, (request: SignedInRequest) => void>> = {
    public: () => undefined,
    'signed-in': (request) => void this.signIn(request),
    admin: (request) => {
      if (this.signIn(request).role !== 'admin') throw new AccessForbidden();
    },
    internal: (request) => {
      this.checkInternalToken(request);
    },
  };

  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: JwtAccessTokens,
    @Inject(Config) { INTERNAL_CLOSE_TOKEN }: CompleteConfig,
  ) {
    this.internalTokenDigest = sha256(INTERNAL_CLOSE_TOKEN);
  }

  canActivate(context: ExecutionContext): boolean {
    const said = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    this.checks[said ?? 'signed-in'](context.switchToHttp().getRequest<SignedInRequest>());
    return true;
  }

  private signIn(request: SignedInRequest): SignedInUser {
    return (request.user ??= this.tokens.read(request.headers.authorization));
  }

  private checkInternalToken(request: SignedInRequest): void {
    const token = request.headers['x-internal-token'];
    if (typeof token !== 'string' || token === '') throw new InternalTokenMissing();
    if (!timingSafeEqual(sha256(token), this.internalTokenDigest)) throw new InternalTokenWrong();
  }
}

/** Digests are equally long, and to compare them tells nothing of how much of a guess was right. */
function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
