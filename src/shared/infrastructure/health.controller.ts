import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../application/clock';
import { Public } from './access';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly clock: Clock) {}

  @Get('live')
  @Public()
  @ApiOperation({ summary: 'The process answers' })
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ summary: 'The process reaches its database; 503 where it does not' })
  async ready(): Promise<{ status: string; databaseTime: string }> {
    return { status: 'ok', databaseTime: (await this.clock.synchronise()).toISOString() };
  }
}
