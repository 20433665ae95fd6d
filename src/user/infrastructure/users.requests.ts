import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { NotBlank, PlainText } from '../../platform/http/plain-text';
import { Role, ROLES } from '../domain/user';

const MAX_REASON_LENGTH = 500;

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
