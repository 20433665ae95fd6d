import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { NoteSigner } from '../../shared/application/note-signer';
import { KnownKey, VerifierKeys } from '../../shared/application/verifier-keys';
import { Public } from '../http/access';
import { TextAnswer } from '../http/text-answer';

class VerifierKeyView {
  @ApiProperty()
  readonly verifierKey: string;

  @ApiProperty({ format: 'date-time' })
  readonly knownSince: string;

  @ApiProperty({ description: 'What begins now is signed with it' })
  readonly current: boolean;

  constructor({ verifierKey, knownSince }: KnownKey, current: string) {
    this.verifierKey = verifierKey;
    this.knownSince = knownSince.toISOString();
    this.current = verifierKey === current;
  }
}

class VerifierKeysView {
  @ApiProperty({ type: [VerifierKeyView], description: 'Oldest first' })
  readonly items: readonly VerifierKeyView[];

  constructor(items: readonly VerifierKeyView[]) {
    this.items = items;
  }
}

@ApiTags('proofs')
@Controller()
export class VerifierKeyController {
  constructor(
    private readonly signer: NoteSigner,
    private readonly keys: VerifierKeys,
  ) {}

  @Get('verifier-key')
  @Public()
  @ApiOperation({ summary: 'The key that checks the signatures of this service (c2sp.org/signed-note): pin it' })
  @TextAnswer('text/plain')
  key(): string {
    return `${this.signer.verifierKey}\n`;
  }

  @Get('verifier-keys')
  @Public()
  @ApiOperation({
    summary: 'All keys that this service has, or ever had: each signed note names the one to check it with',
  })
  @ApiOkResponse({ type: VerifierKeysView })
  async all(): Promise<VerifierKeysView> {
    const known = await this.keys.all();
    return new VerifierKeysView(known.map((key) => new VerifierKeyView(key, this.signer.verifierKey)));
  }
}
