import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from './access';
import { ApiProblem } from './api-problem';
import { Readiness } from './readiness';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Public()
  @ApiOperation({ summary: 'The process answers' })
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ summary: 'Requests should come here: the database is there, up to date and on time' })
  @ApiProblem(503, 'health.not-ready')
  async ready(): Promise<{ status: string; databaseTime: string }> {
    return { status: 'ok', databaseTime: (await this.readiness.check()).toISOString() };
  }
}
