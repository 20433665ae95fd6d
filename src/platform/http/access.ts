import { applyDecorators, createParamDecorator, ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { invariant } from '../../shared/domain/invariant';
import { ApiProblem } from '../problems/api-problem';

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

/** The user of a request, as the access token states it. */
export interface SignedInUser {
  readonly id: string;
  readonly role: 'player' | 'admin';
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
