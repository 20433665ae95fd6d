import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public } from '../http/access';
import { ApiProblem } from '../problems/api-problem';
import { Readiness } from './readiness';

class LiveView {
  @ApiProperty({ enum: ['ok'] })
  readonly status!: string;
}

class ReadyView extends LiveView {
  @ApiProperty({ format: 'date-time' })
  readonly databaseTime!: string;
}

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Public()
  @ApiOperation({ summary: 'The process answers' })
  @ApiOkResponse({ type: LiveView })
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ summary: 'Requests should come here: the database is there, up to date and on time' })
  @ApiProblem(503, 'health.not-ready')
  @ApiOkResponse({ type: ReadyView })
  async ready(): Promise<{ status: string; databaseTime: string }> {
    return { status: 'ok', databaseTime: (await this.readiness.check()).toISOString() };
  }
}
