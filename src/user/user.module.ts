import { Module } from '@nestjs/common';
import { EventCatalogue } from '../shared/application/event-catalogue';
import { AccessTokens } from '../platform/http/access-tokens';
import { Standing } from '../platform/http/standing';
import { ActAsAdmin } from './application/act-as-admin';
import { BanUser } from './application/ban-user';
import { ChangeRole } from './application/change-role';
import { CreateUser } from './application/create-user';
import { EnsureFirstAdmin } from './application/ensure-first-admin';
import { ListUsers } from './application/list-users';
import { LogIn } from './application/log-in';
import { LogOut } from './application/log-out';
import { LoginAttempts } from './application/login-attempts';
import { PasswordHasher } from './application/password-hasher';
import { ReadUser } from './application/read-user';
import { RefreshSession } from './application/refresh-session';
import { Register } from './application/register';
import { Sessions } from './application/sessions';
import { SignUps } from './application/sign-ups';
import { TokenMint } from './application/token-mint';
import { UnbanUser } from './application/unban-user';
import { Users } from './application/users';
import { Argon2PasswordHasher } from './infrastructure/argon2-password-hasher';
import { AuthController } from './infrastructure/auth.controller';
import { FirstAdminBootstrap } from './infrastructure/first-admin.bootstrap';
import { JwtAccessTokens } from './infrastructure/jwt-access-tokens';
import { JwtTokenMint } from './infrastructure/jwt-token-mint';
import { RefreshCookie } from './infrastructure/refresh-cookie';
import { TypeOrmSignUps } from './infrastructure/typeorm-sign-ups';
import { TypeOrmStanding } from './infrastructure/typeorm-standing';
import { TypeOrmLoginAttempts } from './infrastructure/typeorm-login-attempts';
import { TypeOrmPlayers } from './infrastructure/typeorm-players';
import { TypeOrmSessions } from './infrastructure/typeorm-sessions';
import { TypeOrmUsers } from './infrastructure/typeorm-users';
import { USER_EVENTS } from './infrastructure/user-event-descriptions';
import { UsersController } from './infrastructure/users.controller';
import { WebAuthController } from './infrastructure/web-auth.controller';
import { Admins, Players } from './user.api';

/** Users: registration, log-in, roles, bans, and access tokens. */
@Module({
  controllers: [AuthController, WebAuthController, UsersController],
  providers: [
    BanUser,
    ChangeRole,
    CreateUser,
    EnsureFirstAdmin,
    ListUsers,
    LogIn,
    LogOut,
    ReadUser,
    RefreshSession,
    Register,
    UnbanUser,
    FirstAdminBootstrap,
    RefreshCookie,
    JwtAccessTokens,
    { provide: AccessTokens, useExisting: JwtAccessTokens },
    { provide: Standing, useClass: TypeOrmStanding },
    { provide: Users, useClass: TypeOrmUsers },
    { provide: Sessions, useClass: TypeOrmSessions },
    { provide: LoginAttempts, useClass: TypeOrmLoginAttempts },
    { provide: SignUps, useClass: TypeOrmSignUps },
    { provide: PasswordHasher, useClass: Argon2PasswordHasher },
    { provide: TokenMint, useClass: JwtTokenMint },
    { provide: Players, useClass: TypeOrmPlayers },
    { provide: Admins, useClass: ActAsAdmin },
  ],
  exports: [Players, Admins, AccessTokens, Standing],
})
export class UserModule {
  static readonly tags = { auth: 'Accounts and sessions', users: 'People, for themselves and for admins' };

  constructor(events: EventCatalogue) {
    events.add(USER_EVENTS);
  }
}
