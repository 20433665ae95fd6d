import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { USERNAME, USERNAME_PATTERN } from '../domain/username';
import { exactSchema } from '../../platform/http/exact-schema';
import { EmailAddress, PlainText, Visible } from '../../platform/http/plain-text';

const MAX_EMAIL_LENGTH = 254;
const MAX_NAME_LENGTH = 100;
const MIN_PASSWORD_LENGTH = 8;
const MAX_PASSWORD_LENGTH = 128;
/** Whatever a person may type for a username; which ones exist, the log-in does not tell. */
export const MAX_TYPED_USERNAME_LENGTH = 64;
/** Longer than any token of ours. */
export const MAX_TOKEN_LENGTH = 128;

export class RegisterBody {
  @ApiProperty({
    minLength: 3,
    maxLength: 32,
    pattern: USERNAME_PATTERN,
    ...exactSchema({ type: 'string', pattern: String.raw`^[\p{L}\p{N}._-]{3,32}$` }),
    description: '3 to 32 letters, digits, dots, _ or -; unique whatever its case',
    example: 'alice',
  })
  @Matches(USERNAME, { message: 'username must be 3 to 32 letters, digits, dots, _ or -' })
  readonly username!: string;

  @ApiProperty({ format: 'password', example: 'correct horse battery' })
  @PlainText(MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH)
  readonly password!: string;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'alice@example.org' })
  @IsOptional()
  @EmailAddress(MAX_EMAIL_LENGTH)
  readonly email?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Shown in public instead of the username, without spaces around it',
    example: 'Alice L.',
  })
  @IsOptional()
  @Visible()
  @PlainText(1, MAX_NAME_LENGTH)
  readonly name?: string | null;
}

export class LogInBody {
  @ApiProperty({ example: 'alice' })
  @PlainText(1, MAX_TYPED_USERNAME_LENGTH)
  readonly username!: string;

  @ApiProperty({ format: 'password', example: 'correct horse battery' })
  @PlainText(1, MAX_PASSWORD_LENGTH)
  readonly password!: string;
}

export class RefreshTokenBody {
  @ApiProperty({ description: 'As the last log-in or refresh gave it' })
  @PlainText(1, MAX_TOKEN_LENGTH)
  readonly refreshToken!: string;
}
