import { hash, timingSafeEqual } from 'node:crypto';
import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessForbidden } from '../../shared/domain/access-forbidden';
import { DomainError } from '../../shared/domain/domain-error';
import type { Complete } from '../config/config';
import { Access, accessOf, SignedInRequest, SignedInUser } from './access';
import { AccessTokens } from './access-tokens';
import { HttpConfig } from './http-config';

/** The gate before every route: admits nobody unless the route says so. Asks no database. */
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
    private readonly tokens: AccessTokens,
    @Inject(HttpConfig) { INTERNAL_CLOSE_TOKEN }: Complete<HttpConfig, 'INTERNAL_CLOSE_TOKEN'>,
  ) {
    this.internalTokenDigest = sha256(INTERNAL_CLOSE_TOKEN);
  }

  canActivate(context: ExecutionContext): boolean {
    const access = accessOf(this.reflector, [context.getHandler(), context.getClass()]);
    this.admit(context.switchToHttp().getRequest<SignedInRequest>(), access);
    return true;
  }

  /** @throws AccessTokenMissing, AccessTokenInvalid, AccessForbidden, InternalTokenMissing, InternalTokenWrong */
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

/** All digests are equally long, and comparing them does not reveal how much of a guess was right. */
function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

class InternalTokenMissing extends DomainError {
  readonly code = 'access.internal-token-missing';
  readonly kind = 'unauthenticated';

  constructor() {
    super('This route is for the operator: send the header X-Internal-Token.');
  }
}

class InternalTokenWrong extends DomainError {
  readonly code = 'access.internal-token-wrong';
  readonly kind = 'forbidden';

  constructor() {
    super('X-Internal-Token is not the one that this service knows.');
  }
}
