import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { NotBlank, PlainText } from '../../platform/http/plain-text';
import { UuidPageQuery } from '../../platform/http/page.requests';
import { Role, ROLES } from '../domain/user';
import { MAX_TYPED_USERNAME_LENGTH } from './auth.requests';

const MAX_REASON_LENGTH = 500;

export class UserPageQuery extends UuidPageQuery {
  @ApiPropertyOptional({ type: String, description: 'Only the person of this username, in any spelling' })
  @IsOptional()
  @PlainText(1, MAX_TYPED_USERNAME_LENGTH)
  readonly username: string | null = null;
}

export class BanBody {
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @NotBlank()
  @PlainText(1, MAX_REASON_LENGTH)
  readonly reason?: string | null;
}

export class ChangeRoleBody {
  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  readonly role!: Role;
}
