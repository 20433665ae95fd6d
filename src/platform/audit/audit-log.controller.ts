import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NoteSigner } from '../../shared/application/note-signer';
import { LogProofs } from '../../shared/application/signed-log';
import { DomainError } from '../../shared/domain/domain-error';
import { AdminOnly, Public } from '../http/access';
import { TextAnswer } from '../http/text-answer';
import { ApiProblem } from '../problems/api-problem';
import { ConsistencyQuery, LogSizeQuery } from '../transparency/consistency.requests';
import { ConsistencyProofView } from '../transparency/consistency.views';
import { LogIndexParam } from '../transparency/log-index.pipe';
import { AuditProofView } from './audit.views';
import { AUDIT, TypeOrmAuditTrail } from './typeorm-audit-trail';

class AuditSizeInvalid extends DomainError {
  readonly code = 'audit.size-invalid';
  readonly kind = 'invalid';

  constructor(fault: string) {
    super(fault);
  }
}

/** Proves that nothing in the audit trail was ever changed or removed. What it says stays with admins. */
@ApiTags('audit')
@Controller('audit')
export class AuditLogController {
  private readonly proofs: LogProofs;

  constructor(
    private readonly trail: TypeOrmAuditTrail,
    signer: NoteSigner,
  ) {
    const sizeInvalid = (fault: string) => new AuditSizeInvalid(fault);
    this.proofs = new LogProofs(trail.log, signer, { name: AUDIT, title: 'The audit log', sizeInvalid });
  }

  @Get('checkpoint')
  @Public()
  @ApiOperation({
    summary: 'The signed checkpoint of the audit log (C2SP tlog-checkpoint): keep it, and compare later',
  })
  @TextAnswer('text/plain')
  checkpoint(): Promise<string> {
    return this.proofs.checkpoint();
  }

  @Get('consistency')
  @Public()
  @ApiOperation({ summary: 'Proof that the audit log of one size is the beginning of the audit log of another' })
  @ApiOkResponse({ type: ConsistencyProofView })
  @ApiProblem(400, 'audit.size-invalid')
  async consistency(@Query() sizes: ConsistencyQuery): Promise<ConsistencyProofView> {
    return new ConsistencyProofView(sizes, await this.proofs.consistency(sizes.from, sizes.to));
  }

  @Get('entries/:index/proof')
  @AdminOnly()
  @ApiOperation({ summary: 'Proof that an entry is in the audit log of a size, by default the current one (admin)' })
  @ApiOkResponse({ type: AuditProofView })
  @ApiProblem(400, 'audit.size-invalid')
  async inclusion(@LogIndexParam('index') index: number, @Query() { size }: LogSizeQuery): Promise<AuditProofView> {
    const inclusion = await this.proofs.inclusion(index, size);
    return new AuditProofView(inclusion, (await this.trail.lineAt(index)) as string);
  }
}
