import { applyDecorators, Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnPagesOnly } from '../../platform/browsers/own-pages';
import { HasOwnPlaces } from '../../platform/http/throttled-as';
import { Public } from '../../platform/http/access';
import { ApiProblem } from '../../platform/problems/api-problem';
import { ClientAddress } from '../../platform/throttling/client-address';
import { LogIn } from '../application/log-in';
import { LogOut } from '../application/log-out';
import { RefreshSession } from '../application/refresh-session';
import type { SessionTokens } from '../application/token-mint';
import { LogInBody } from './auth.requests';
import { AccessTokenView } from './auth.views';
import { RefreshCookie } from './refresh-cookie';

const COOKIE = {
  'Set-Cookie': {
    description: 'The refresh token: __Secure-refresh over https, refresh over http on this machine',
    schema: { type: 'string' as const },
  },
};

/** A route for pages of ours. */
const ForPages = (summary: string) =>
  applyDecorators(
    OwnPagesOnly(),
    ApiOperation({
      summary,
      description:
        'For pages of this service: the refresh token is in a cookie that no script can read. Demands ' +
        'Content-Type: application/json and Sec-Fetch-Site: same-origin, or without that header our Origin.',
    }),
    ApiProblem(403, 'auth.foreign-origin', 'auth.insecure-origin'),
  );

/** The door for browsers: the same use cases as `AuthController`, with the refresh token out of reach of scripts. */
@ApiTags('auth')
@Controller('auth/web')
@Public()
export class WebAuthController {
  constructor(
    private readonly logIn: LogIn,
    private readonly refreshSession: RefreshSession,
    private readonly logOut: LogOut,
    private readonly cookie: RefreshCookie,
  ) {}

  @Post('login')
  @HasOwnPlaces()
  @HttpCode(200)
  @ForPages('Log in with username and password, on a page')
  @ApiOkResponse({ type: AccessTokenView, headers: COOKIE })
  @ApiProblem(401, 'auth.bad-credentials')
  @ApiProblem(429, 'auth.too-many-attempts')
  @ApiProblem(503, 'auth.busy')
  async login(
    @Body() body: LogInBody,
    @ClientAddress() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccessTokenView> {
    return this.handOut(reply, await this.logIn.execute({ ...body, address }));
  }

  @Post('refresh')
  @HttpCode(200)
  @ForPages('Get a new access token, on a page')
  @ApiOkResponse({ type: AccessTokenView, headers: COOKIE })
  @ApiProblem(401, 'auth.refresh-token-invalid', 'auth.refresh-token-reused')
  async refresh(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccessTokenView> {
    // A refusal leaves the cookie alone: another tab may have a newer one by now.
    return this.handOut(reply, await this.refreshSession.execute({ refreshToken: this.cookie.read(request) }));
  }

  @Post('logout')
  @HttpCode(204)
  @ForPages('End the session of a page; idempotent')
  @ApiNoContentResponse({ headers: COOKIE })
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    for (const refreshToken of this.cookie.all(request)) await this.logOut.execute({ refreshToken });
    this.cookie.clear(reply);
  }

  private handOut(reply: FastifyReply, tokens: SessionTokens): AccessTokenView {
    this.cookie.set(reply, tokens.refreshToken);
    return new AccessTokenView(tokens);
  }
}
