import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/access';
import { ApiProblem } from '../../platform/problems/api-problem';
import { ReadsArchive } from '../../ballot/ballot.views';
import { bundleFile, BundleView } from '../../draw/draw.views';
import { ApiVersioned } from '../../platform/http/caching';
import { Download } from '../../platform/downloads/downloads';
import { ConsistencyQuery } from '../../platform/transparency/consistency.requests';
import { ConsistencyProofView } from '../../platform/transparency/consistency.views';
import { sendVersionedJson, sendVersionedLines } from '../../platform/downloads/versioned-files';
import { TextAnswer } from '../../platform/http/text-answer';
import { UuidParam } from '../../platform/http/uuid.pipe';
import { ProvePools } from '../application/prove-pools';

@ApiTags('proofs')
@Controller('pools/:id')
@ReadsArchive()
export class PoolProofsController {
  constructor(private readonly proofs: ProvePools) {}

  @Get('bundle')
  @Public()
  @Download()
  @ApiOperation({
    summary: 'All that it takes to check the draw offline, with verifier/verify.mjs or another verifier',
  })
  @ApiVersioned('application/json', BundleView)
  @ApiProblem(404, 'pool.not-found', 'pool.not-sealed')
  async bundle(@UuidParam('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { bundle, final } = await this.proofs.bundle(id);
    await sendVersionedJson(request, reply, bundleFile(bundle), final);
  }

  @Get('ballots.txt')
  @Public()
  @Download()
  @ApiOperation({ summary: 'All entries, a line each: the leaves of the tree, in order' })
  @ApiVersioned('text/plain')
  @ApiProblem(404, 'pool.not-found')
  async list(@UuidParam('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendVersionedLines(request, reply, await this.proofs.list(id));
  }

  @Get('checkpoint')
  @Public()
  @ApiOperation({ summary: "The signed checkpoint of the pool's log (C2SP tlog-checkpoint)" })
  @TextAnswer('text/plain')
  @ApiProblem(404, 'pool.not-found')
  checkpoint(@UuidParam('id') id: string): Promise<string> {
    return this.proofs.checkpoint(id);
  }

  @Get('consistency')
  @Public()
  @ApiOperation({ summary: 'Proof that the tree of one size is the beginning of the tree of another' })
  @ApiOkResponse({ type: ConsistencyProofView })
  @ApiProblem(400, 'ballot.tree-size-invalid')
  @ApiProblem(404, 'pool.not-found')
  async consistency(@UuidParam('id') id: string, @Query() sizes: ConsistencyQuery): Promise<ConsistencyProofView> {
    return new ConsistencyProofView(sizes, await this.proofs.consistency(id, sizes.from, sizes.to));
  }
}
