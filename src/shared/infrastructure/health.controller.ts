import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Clock } from '../application/clock';
import { Public } from './access';

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
  constructor(private readonly clock: Clock) {}

  @Get('live')
  @Public()
  @ApiOperation({ summary: 'The process answers' })
  @ApiOkResponse({ type: LiveView })
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ summary: 'The process reaches its database; 503 where it does not' })
  @ApiOkResponse({ type: ReadyView })
  async ready(): Promise<{ status: string; databaseTime: string }> {
    return { status: 'ok', databaseTime: (await this.clock.synchronise()).toISOString() };
  }
}
