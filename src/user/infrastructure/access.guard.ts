import { hash, timingSafeEqual } from 'node:crypto';
import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Access, accessOf, Gate, SignedInRequest, SignedInUser } from '../../platform/http/access';
import { CompleteConfig, Config } from '../../platform/config/config';
import { AccessForbidden, InternalTokenMissing, InternalTokenWrong } from '../domain/access-errors';
import { JwtAccessTokens } from './jwt-access-tokens';

/** Stands before every route and lets nobody through unless the route says so. Asks no database. */
@Injectable()
export class AccessGuard extends Gate implements CanActivate {
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
    super();
    this.internalTokenDigest = sha256(INTERNAL_CLOSE_TOKEN);
  }

  canActivate(context: ExecutionContext): boolean {
    const access = accessOf(this.reflector, [context.getHandler(), context.getClass()]);
    this.admit(context.switchToHttp().getRequest<SignedInRequest>(), access);
    return true;
  }

  admit(request: SignedInRequest, access: Access): void {
    this.checks[access](request);
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
