import { ApiProperty } from '@nestjs/swagger';
import type { SessionTokens } from '../application/token-mint';

export class AccessTokenView {
  @ApiProperty({ description: 'JWT, for the header Authorization: Bearer' })
  readonly accessToken: string;

  @ApiProperty({ enum: ['Bearer'] })
  readonly tokenType = 'Bearer';

  @ApiProperty({ type: 'integer', description: 'The access token is good for so long' })
  readonly expiresInSeconds: number;

  constructor({ accessToken, expiresInSeconds }: SessionTokens) {
    this.accessToken = accessToken;
    this.expiresInSeconds = expiresInSeconds;
  }
}

export class TokensView extends AccessTokenView {
  @ApiProperty({ description: 'Buys the next pair of tokens, once' })
  readonly refreshToken: string;

  constructor(tokens: SessionTokens) {
    super(tokens);
    this.refreshToken = tokens.refreshToken;
  }
}
