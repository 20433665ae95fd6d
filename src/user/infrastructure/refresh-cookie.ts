import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpConfig } from '../../platform/http/http-config';
import { RefreshTokenInvalid } from '../domain/errors';
import { SESSION_LIFETIME_DAYS } from '../domain/refresh-token';
import { MAX_TOKEN_LENGTH } from './auth.requests';

/** Hosts above ours that may set a cookie of the same name are few. */
const MAX_TOKENS = 4;
const MAX_AGE_SECONDS = SESSION_LIFETIME_DAYS * 86_400;

/**
 * Where browsers keep the refresh token: no script reads it, no other site sends it, and no route but /auth/web gets
 * it. Over http, which only pages on the machine itself use, browsers would refuse `Secure` and the prefix.
 */
@Injectable()
export class RefreshCookie {
  private readonly name: string;
  private readonly attributes: string;

  constructor(@Inject(HttpConfig) { PUBLIC_URL }: HttpConfig) {
    const isSecure = PUBLIC_URL?.startsWith('https:') ?? false;
    this.name = isSecure ? '__Secure-refresh' : 'refresh';
    this.attributes = `Path=/auth/web; HttpOnly; ${isSecure ? 'Secure; ' : ''}SameSite=Strict`;
  }

  set(reply: FastifyReply, refreshToken: string): void {
    void reply.header('set-cookie', `${this.name}=${refreshToken}; Max-Age=${MAX_AGE_SECONDS}; ${this.attributes}`);
  }

  clear(reply: FastifyReply): void {
    void reply.header('set-cookie', `${this.name}=; Max-Age=0; ${this.attributes}`);
  }

  /** @throws RefreshTokenInvalid if there is none, or more than one: a neighbouring host may add its own. */
  read(request: FastifyRequest): string {
    const [token, ...others] = this.all(request);
    if (token === undefined || others.length > 0) throw new RefreshTokenInvalid();
    return token;
  }

  /** All tokens of the request that could be ours, a few at most. */
  all({ headers: { cookie = '' } }: FastifyRequest): readonly string[] {
    const prefix = `${this.name}=`;
    const pairs = cookie.split(';').map((pair) => pair.trim());
    return pairs
      .filter((pair) => pair.startsWith(prefix))
      .map((pair) => pair.slice(prefix.length))
      .filter((token) => token !== '' && token.length <= MAX_TOKEN_LENGTH)
      .slice(0, MAX_TOKENS);
  }
}
