import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../application/page';
import { AdminOnly } from './access';
import type { AuditEntry } from './audit-entries.table';
import { UuidPageQuery } from './page.query';
import { TypeOrmAuditTrail } from './typeorm-audit-trail';

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(private readonly trail: TypeOrmAuditTrail) {}

  @Get()
  @AdminOnly()
  @ApiOperation({ summary: 'Who did what when, newest first' })
  list(@Query() page: UuidPageQuery): Promise<Page<AuditEntry>> {
    return this.trail.page(page);
  }
}
