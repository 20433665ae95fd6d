import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NoteSigner } from '../application/note-signer';
import { Public } from './access';

@ApiTags('proofs')
@Controller('verifier-key')
export class VerifierKeyController {
  constructor(private readonly signer: NoteSigner) {}

  @Get()
  @Public()
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'The key that checks every signature of this service (c2sp.org/signed-note): pin it' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  key(): string {
    return `${this.signer.verifierKey}\n`;
  }
}
