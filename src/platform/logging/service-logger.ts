import { ConsoleLogger, LogLevel } from '@nestjs/common';
import type { Environment } from '../config/service-config';
import { boundedText } from './bounded-text';
import { secretHider } from './log-secrets';
import type { LoggingConfig } from './logging-config';
import { currentRequestId } from '../context/async-context';
import { stackOf } from '../errors/stack-of';

const LOG_LEVELS = ['error', 'warn', 'log', 'debug'] as const;
/** The framework logs at each start what it wires, which the code and the API documents show already. */
const WIRING = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** A sentence for people, and the same facts for machines. */
export class LogLine {
  constructor(
    readonly text: string,
    readonly fields: Readonly<Record<string, string | number>>,
  ) {}
}

/**
 * Text on a terminal, JSON in production; times in UTC. Each line written for a request carries its id; no line holds a
 * configured secret, and none is longer than its bound.
 */
export class ServiceLogger extends ConsoleLogger {
  /** Hides secrets, and cuts what is too long. */
  private readonly clean: (text: string) => string;

  /** @param config all of it: its secrets are hidden. */
  constructor(config: Environment & Pick<LoggingConfig, 'LOG_LEVEL'>) {
    super({
      json: config.NODE_ENV === 'production',
      colors: config.NODE_ENV !== 'production' && process.stdout.isTTY === true,
      logLevels: LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(config.LOG_LEVEL) + 1),
      prefix: 'Lottery',
    });
    const hideSecrets = secretHider(config);
    this.clean = (text) => boundedText(text, hideSecrets);
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && WIRING.has(context)) return;
    // eslint-disable-next-line no-restricted-syntax -- the arguments of one call.
    super.log(message, ...rest);
  }

  protected override getTimestamp(): string {
    return new Date().toISOString();
  }

  protected override getJsonLogObject(...given: Parameters<ConsoleLogger['getJsonLogObject']>) {
    const [message, options] = given;
    const requestId = currentRequestId();
    const line = super.getJsonLogObject(this.textOf(message), options);
    return {
      ...line,
      ...(typeof line.stack === 'string' ? { stack: this.clean(line.stack) } : {}),
      ...(requestId === undefined ? {} : { requestId }),
      ...(message instanceof LogLine ? message.fields : {}),
    };
  }

  protected override formatContext(context: string): string {
    const requestId = currentRequestId();
    return super.formatContext(context) + (requestId === undefined ? '' : `${requestId} `);
  }

  protected override stringifyMessage(message: unknown, level: LogLevel): string {
    return this.colorize(this.textOf(message), level);
  }

  protected override printStackTrace(stack: string): void {
    super.printStackTrace(typeof stack === 'string' ? this.clean(stack) : stack);
  }

  /** Reduces an error to what may be logged: the framework logs whole objects. */
  private textOf(message: unknown): string {
    if (typeof message === 'string') return this.clean(message);
    if (message instanceof LogLine) return this.clean(message.text);
    return this.clean(stackOf(message));
  }
}
