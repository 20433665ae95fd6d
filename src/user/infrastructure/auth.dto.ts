import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, Length, Matches, MaxLength } from 'class-validator';
import type { SessionTokens } from '../application/token-mint';
import { USERNAME } from '../domain/username';
import { EmailAddress, PlainText } from '../../shared/infrastructure/plain-text';

const MAX_EMAIL_LENGTH = 254;
const MAX_NAME_LENGTH = 100;
const MAX_PASSWORD_LENGTH = 128;
/** Whatever a person may type for a username; which ones exist, the log-in does not tell. */
const MAX_TYPED_USERNAME_LENGTH = 64;
/** Longer than any token of ours. */
const MAX_TOKEN_LENGTH = 128;

const Trimmed = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

export class RegisterBody {
  @ApiProperty({
    pattern: USERNAME.source,
    description: '3 to 32 letters, digits, dots, _ or -; unique whatever its case',
    example: 'alice',
  })
  @Matches(USERNAME, { message: 'username must be 3 to 32 letters, digits, dots, _ or -' })
  readonly username!: string;

  @ApiProperty({ minLength: 8, maxLength: MAX_PASSWORD_LENGTH, format: 'password' })
  @Length(8, MAX_PASSWORD_LENGTH)
  @PlainText()
  readonly password!: string;

  @ApiPropertyOptional({ type: String, format: 'email', maxLength: MAX_EMAIL_LENGTH, nullable: true })
  @IsOptional()
  @EmailAddress()
  @MaxLength(MAX_EMAIL_LENGTH)
  readonly email?: string | null;

  @ApiPropertyOptional({
    type: String,
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    nullable: true,
    description: 'Shown in public instead of the username',
  })
  @IsOptional()
  @Trimmed()
  @Length(1, MAX_NAME_LENGTH)
  @PlainText()
  readonly name?: string | null;
}

export class LogInBody {
  @ApiProperty({ maxLength: MAX_TYPED_USERNAME_LENGTH, example: 'alice' })
  @Length(1, MAX_TYPED_USERNAME_LENGTH)
  @PlainText()
  readonly username!: string;

  @ApiProperty({ maxLength: MAX_PASSWORD_LENGTH, format: 'password' })
  @Length(1, MAX_PASSWORD_LENGTH)
  @PlainText()
  readonly password!: string;
}

export class RefreshTokenBody {
  @ApiProperty({ maxLength: MAX_TOKEN_LENGTH, description: 'As the last log-in or refresh gave it' })
  @Length(1, MAX_TOKEN_LENGTH)
  @PlainText()
  readonly refreshToken!: string;
}

export class TokensView {
  @ApiProperty({ description: 'JWT, for the header Authorization: Bearer' })
  readonly accessToken: string;

  @ApiProperty({ enum: ['Bearer'] })
  readonly tokenType = 'Bearer';

  @ApiProperty({ type: 'integer', description: 'The access token is good for so long' })
  readonly expiresInSeconds: number;

  @ApiProperty({ description: 'Buys the next pair of tokens, once' })
  readonly refreshToken: string;

  constructor({ accessToken, expiresInSeconds, refreshToken }: SessionTokens) {
    this.accessToken = accessToken;
    this.expiresInSeconds = expiresInSeconds;
    this.refreshToken = refreshToken;
  }
}
