import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../platform/http/access';
import { HasOwnPlaces } from '../../platform/http/throttled-as';
import { ApiProblem } from '../../platform/problems/api-problem';
import { LogIn } from '../application/log-in';
import { LogOut } from '../application/log-out';
import { RefreshSession } from '../application/refresh-session';
import { Register } from '../application/register';
import { LogInBody, RefreshTokenBody, RegisterBody } from './auth.requests';
import { TokensView } from './auth.views';
import { ClientAddress } from '../../platform/throttling/client-address';
import { UserView } from './users.views';

const requestBody = { refreshToken: '$response.body#/refreshToken' };
const REFRESH_TOKEN_LINKS = {
  refresh: { operationId: 'authRefresh', requestBody },
  logout: { operationId: 'authLogout', requestBody },
};

@ApiTags('auth')
@Controller('auth')
@Public()
export class AuthController {
  constructor(
    private readonly registration: Register,
    private readonly logIn: LogIn,
    private readonly refreshSession: RefreshSession,
    private readonly logOut: LogOut,
  ) {}

  @Post('register')
  @HasOwnPlaces()
  @ApiOperation({ summary: 'Make an account' })
  @ApiCreatedResponse({
    type: UserView,
    links: {
      login: {
        operationId: 'authLogin',
        requestBody: { username: '$request.body#/username', password: '$request.body#/password' },
      },
      ban: { operationId: 'usersBan', parameters: { id: '$response.body#/id' } },
      role: { operationId: 'usersChangeRole', parameters: { id: '$response.body#/id' } },
    },
  })
  @ApiProblem(409, 'user.username-taken')
  @ApiProblem(429, 'auth.too-many-sign-ups')
  @ApiProblem(503, 'auth.busy')
  async register(@Body() body: RegisterBody, @ClientAddress() address: string): Promise<UserView> {
    return new UserView(await this.registration.execute({ ...body, address }));
  }

  @Post('login')
  @HasOwnPlaces()
  @HttpCode(200)
  @ApiOperation({ summary: 'Get tokens for username and password' })
  @ApiOkResponse({ type: TokensView, links: REFRESH_TOKEN_LINKS })
  @ApiProblem(401, 'auth.bad-credentials')
  @ApiProblem(429, 'auth.too-many-attempts')
  @ApiProblem(503, 'auth.busy')
  async login(@Body() body: LogInBody, @ClientAddress() address: string): Promise<TokensView> {
    return new TokensView(await this.logIn.execute({ ...body, address }));
  }

  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Get new tokens for a refresh token, once',
    description:
      'Within 10 seconds the same token gives the same successor; used later than that, it ends its session. ' +
      'A session lasts 30 days and 10,000 refreshes at most.',
  })
  @ApiOkResponse({ type: TokensView, links: REFRESH_TOKEN_LINKS })
  @ApiProblem(401, 'auth.refresh-token-invalid', 'auth.refresh-token-reused')
  async refresh(@Body() body: RefreshTokenBody): Promise<TokensView> {
    return new TokensView(await this.refreshSession.execute(body));
  }

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({ summary: 'End the session of a refresh token; idempotent' })
  @ApiNoContentResponse()
  logout(@Body() body: RefreshTokenBody): Promise<void> {
    return this.logOut.execute(body);
  }
}
