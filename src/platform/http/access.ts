import { hash, timingSafeEqual } from 'node:crypto';
import {
  applyDecorators,
  CanActivate,
  createParamDecorator,
  ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AccessForbidden } from '../../shared/domain/access-forbidden';
import { DomainError } from '../../shared/domain/domain-error';
import { invariant } from '../../shared/domain/invariant';
import type { Complete } from '../config/config';
import { ApiProblem } from '../problems/api-problem';
import { AccessTokens, SignedInUser } from './access-tokens';
import { HttpConfig } from './http-config';
import { Standing } from './standing';

/** Who may call a route. A route that does not say is for users who are logged in. */
export type Access = 'public' | 'signed-in' | 'admin' | 'internal';

const ACCESS = Symbol('access');

/** Everyone, without a token. */
export const Public = () => SetMetadata(ACCESS, 'public' satisfies Access);
/** Admins only. */
export const AdminOnly = () =>
  applyDecorators(SetMetadata(ACCESS, 'admin' satisfies Access), ApiBearerAuth(), ApiProblem(403, 'access.forbidden'));
/** Holders of the internal token, in the header X-Internal-Token. */
export const InternalOnly = () =>
  applyDecorators(SetMetadata(ACCESS, 'internal' satisfies Access), ApiSecurity('internal-token'));

/** Who may call a route, by its handler and its controller. */
export function accessOf(reflector: Reflector, places: Parameters<Reflector['getAllAndOverride']>[1]): Access {
  return reflector.getAllAndOverride<Access | undefined>(ACCESS, places) ?? 'signed-in';
}

export type SignedInRequest = FastifyRequest & { user?: SignedInUser };

/** The signed-in user, for a controller's parameter. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): SignedInUser => {
  return userOf(context.switchToHttp().getRequest<SignedInRequest>());
});

/** The user who sent the request. */
export function userOf({ user }: SignedInRequest): SignedInUser {
  invariant(user, 'users are asked for on routes that need a log-in');
  return user;
}

/** The gate before every route: admits nobody unless the route says so. Mostly asks no database, see `Standing`. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly internalTokenDigest: Buffer;

  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly standing: Standing,
    @Inject(HttpConfig) { INTERNAL_CLOSE_TOKEN }: Complete<HttpConfig, 'INTERNAL_CLOSE_TOKEN'>,
  ) {
    this.internalTokenDigest = sha256(INTERNAL_CLOSE_TOKEN);
  }

  canActivate(context: ExecutionContext): Promise<true> | true {
    const access = accessOf(this.reflector, [context.getHandler(), context.getClass()]);
    return this.admit(context.switchToHttp().getRequest<SignedInRequest>(), access)?.then(() => true as const) ?? true;
  }

  /**
   * Returns a promise only if the database has to be asked first.
   *
   * @throws AccessTokenMissing, AccessTokenInvalid, AccessForbidden, InternalTokenMissing, InternalTokenWrong
   */
  admit(request: SignedInRequest, access: Access): Promise<void> | undefined {
    if (access === 'internal') this.checkInternalToken(request);
    if (access === 'internal' || access === 'public') return undefined;
    const user = this.standing.of(request.user ?? this.tokens.read(request.headers.authorization));
    if (user instanceof Promise) {
      return user.then((current) => {
        enter(request, current, access);
      });
    }
    enter(request, user, access);
    return undefined;
  }

  private checkInternalToken(request: SignedInRequest): void {
    const token = request.headers['x-internal-token'];
    if (typeof token !== 'string' || token === '') throw new InternalTokenMissing();
    if (!timingSafeEqual(sha256(token), this.internalTokenDigest)) throw new InternalTokenWrong();
  }
}

/** @throws AccessForbidden */
function enter(request: SignedInRequest, user: SignedInUser, access: Access): void {
  if (access === 'admin' && user.role !== 'admin') throw new AccessForbidden();
  request.user = user;
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
    super('X-Internal-Token is wrong.');
  }
}
