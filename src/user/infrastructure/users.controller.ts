import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { AdminOnly, CurrentUser, SignedInUser } from '../../shared/infrastructure/access';
import { UuidPageQuery } from '../../shared/infrastructure/page.query';
import { UuidParam } from '../../shared/infrastructure/uuid.pipe';
import { BanUser } from '../application/ban-user';
import { ChangeRole } from '../application/change-role';
import { ListUsers } from '../application/list-users';
import { ReadUser } from '../application/read-user';
import { UnbanUser } from '../application/unban-user';
import { BanBody, ChangeRoleBody, UserPageView, UserView } from './users.dto';

@ApiTags('users')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ description: 'auth.token-missing, auth.token-invalid' })
@Controller('users')
export class UsersController {
  constructor(
    private readonly readUser: ReadUser,
    private readonly listUsers: ListUsers,
    private readonly banUser: BanUser,
    private readonly unbanUser: UnbanUser,
    private readonly changeUserRole: ChangeRole,
  ) {}

  @Get()
  @AdminOnly()
  @ApiOperation({ summary: 'Everybody, newest first (admin)' })
  @ApiOkResponse({ type: UserPageView })
  @ApiBadRequestResponse({ description: 'request.invalid' })
  @ApiForbiddenResponse({ description: 'access.forbidden' })
  async list(@Query() page: UuidPageQuery): Promise<UserPageView> {
    return new UserPageView(await this.listUsers.execute(page));
  }

  @Get('me')
  @ApiOperation({ summary: 'The person who is logged in' })
  @ApiOkResponse({ type: UserView })
  @ApiNotFoundResponse({ description: 'user.not-found' })
  async me(@CurrentUser() user: SignedInUser): Promise<UserView> {
    return new UserView(await this.readUser.execute({ reader: user, userId: user.id }));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One person (that person or an admin)' })
  @ApiOkResponse({ type: UserView })
  @ApiBadRequestResponse({ description: 'request.invalid' })
  @ApiForbiddenResponse({ description: 'access.forbidden, whether the id exists or not' })
  @ApiNotFoundResponse({ description: 'user.not-found' })
  async find(@UuidParam('id') userId: string, @CurrentUser() reader: SignedInUser): Promise<UserView> {
    return new UserView(await this.readUser.execute({ reader, userId }));
  }

  @Post(':id/ban')
  @AdminOnly()
  @HttpCode(204)
  @ApiOperation({ summary: 'Shut somebody out of every draw (admin); no submission that starts later is accepted' })
  @ApiNoContentResponse()
  @ApiBadRequestResponse({ description: 'request.invalid' })
  @ApiForbiddenResponse({ description: 'access.forbidden' })
  @ApiNotFoundResponse({ description: 'user.not-found' })
  @ApiConflictResponse({ description: 'user.already-banned' })
  ban(@UuidParam('id') userId: string, @Body() body: BanBody, @CurrentUser() actor: SignedInUser): Promise<void> {
    return this.banUser.execute({ actorId: actor.id, userId, reason: body.reason ?? null });
  }

  @Post(':id/unban')
  @AdminOnly()
  @HttpCode(204)
  @ApiOperation({ summary: 'Lift a ban (admin); idempotent' })
  @ApiNoContentResponse()
  @ApiBadRequestResponse({ description: 'request.invalid' })
  @ApiForbiddenResponse({ description: 'access.forbidden' })
  @ApiNotFoundResponse({ description: 'user.not-found' })
  unban(@UuidParam('id') userId: string, @CurrentUser() actor: SignedInUser): Promise<void> {
    return this.unbanUser.execute({ actorId: actor.id, userId });
  }

  @Put(':id/role')
  @AdminOnly()
  @ApiOperation({ summary: 'Make somebody an admin or a player (admin)' })
  @ApiOkResponse({ type: UserView })
  @ApiBadRequestResponse({ description: 'request.invalid' })
  @ApiForbiddenResponse({ description: 'access.forbidden' })
  @ApiNotFoundResponse({ description: 'user.not-found' })
  @ApiConflictResponse({ description: 'user.last-admin' })
  async changeRole(
    @UuidParam('id') userId: string,
    @Body() { role }: ChangeRoleBody,
    @CurrentUser() actor: SignedInUser,
  ): Promise<UserView> {
    return new UserView(await this.changeUserRole.execute({ actorId: actor.id, userId, role }));
  }
}
