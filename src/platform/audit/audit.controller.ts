import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../shared/application/page';
import { AdminOnly } from '../http/access';
import { AuditEntryView } from './audit.views';
import { UuidPageQuery } from '../http/page.requests';
import { ApiPage } from '../http/page.views';
import { TypeOrmAuditTrail } from './typeorm-audit-trail';

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(private readonly trail: TypeOrmAuditTrail) {}

  @Get()
  @AdminOnly()
  @ApiOperation({ summary: 'Who did what when, newest first (admin)' })
  @ApiPage(AuditEntryView)
  async list(@Query() page: UuidPageQuery): Promise<Page<AuditEntryView>> {
    const { items, nextCursor } = await this.trail.page(page);
    return { items: items.map((entry) => new AuditEntryView(entry)), nextCursor };
  }
}
