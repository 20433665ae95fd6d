import { ApiProperty } from '@nestjs/swagger';
import type { SessionTokens } from '../application/token-mint';

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
