import { ConsoleLogger } from '@nestjs/common';
import { Config } from './config';

const LOG_LEVELS = ['error', 'warn', 'log', 'debug'] as const;
/** The framework tells at each start what it wires; that is in the code and in the API documents already. */
const WIRING = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Lines for people on a terminal, JSON in production; times in UTC. */
export class ServiceLogger extends ConsoleLogger {
  constructor(config: Pick<Config, 'NODE_ENV' | 'LOG_LEVEL'>) {
    super({
      json: config.NODE_ENV === 'production',
      colors: config.NODE_ENV !== 'production' && process.stdout.isTTY === true,
      logLevels: LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(config.LOG_LEVEL) + 1),
      prefix: 'Lottery',
    });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && WIRING.has(context)) return;
    super.log(message, ...rest);
  }

  protected override getTimestamp(): string {
    return new Date().toISOString();
  }
}
