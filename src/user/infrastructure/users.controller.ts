import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, CurrentUser } from '../../platform/http/access';
import type { SignedInUser } from '../../platform/http/access-tokens';
import { ApiProblem } from '../../platform/problems/api-problem';
import { UuidParam } from '../../platform/http/uuid.pipe';
import { BanUser } from '../application/ban-user';
import { ChangeRole } from '../application/change-role';
import { ListUsers } from '../application/list-users';
import { LogOut } from '../application/log-out';
import { ReadUser } from '../application/read-user';
import { UnbanUser } from '../application/unban-user';
import { BanBody, ChangeRoleBody, UserPageQuery } from './users.requests';
import { UserPageView, UserView } from './users.views';

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(
    private readonly readUser: ReadUser,
    private readonly listUsers: ListUsers,
    private readonly banUser: BanUser,
    private readonly unbanUser: UnbanUser,
    private readonly changeUserRole: ChangeRole,
    private readonly logOut: LogOut,
  ) {}

  @Get()
  @AdminOnly()
  @ApiOperation({ summary: 'Everybody, newest first, or the person of a username (admin)' })
  @ApiOkResponse({ type: UserPageView })
  async list(@Query() { username, ...page }: UserPageQuery): Promise<UserPageView> {
    return new UserPageView(await this.listUsers.execute(page, username));
  }

  @Get('me')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'The person who is logged in' })
  @ApiOkResponse({ type: UserView })
  @ApiProblem(404, 'user.not-found')
  async me(@CurrentUser() user: SignedInUser): Promise<UserView> {
    return new UserView(await this.readUser.execute({ reader: user, userId: user.id }));
  }

  @Delete('me/sessions')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Log out everywhere: end all sessions of the person who is logged in' })
  @ApiNoContentResponse()
  endSessions(@CurrentUser() user: SignedInUser): Promise<void> {
    return this.logOut.everywhere(user.id);
  }

  @Get(':id')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'One person (that person or an admin)' })
  @ApiOkResponse({ type: UserView })
  @ApiProblem(403, 'access.forbidden')
  @ApiProblem(404, 'user.not-found')
  async find(@UuidParam('id') userId: string, @CurrentUser() reader: SignedInUser): Promise<UserView> {
    return new UserView(await this.readUser.execute({ reader, userId }));
  }

  @Post(':id/ban')
  @AdminOnly()
  @HttpCode(204)
  @ApiOperation({ summary: 'Shut somebody out of every draw (admin); no submission that starts later is accepted' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'user.not-found')
  @ApiProblem(409, 'user.already-banned', 'user.last-admin')
  @ApiBody({ type: BanBody, required: false })
  ban(@UuidParam('id') userId: string, @Body() body: BanBody, @CurrentUser() actor: SignedInUser): Promise<void> {
    return this.banUser.execute({ actorId: actor.id, userId, reason: body.reason ?? null });
  }

  @Post(':id/unban')
  @AdminOnly()
  @HttpCode(204)
  @ApiOperation({ summary: 'Lift a ban (admin); idempotent' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'user.not-found')
  unban(@UuidParam('id') userId: string, @CurrentUser() actor: SignedInUser): Promise<void> {
    return this.unbanUser.execute({ actorId: actor.id, userId });
  }

  @Put(':id/role')
  @AdminOnly()
  @ApiOperation({ summary: 'Make somebody an admin or a player (admin)' })
  @ApiOkResponse({ type: UserView })
  @ApiProblem(404, 'user.not-found')
  @ApiProblem(409, 'user.last-admin')
  async changeRole(
    @UuidParam('id') userId: string,
    @Body() { role }: ChangeRoleBody,
    @CurrentUser() actor: SignedInUser,
  ): Promise<UserView> {
    return new UserView(await this.changeUserRole.execute({ actorId: actor.id, userId, role }));
  }
}
