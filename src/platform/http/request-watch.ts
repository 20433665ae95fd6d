import { performance } from 'node:perf_hooks';
import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Metrics } from '../../shared/application/metrics';
import { HTTP_PROBLEM_CODES } from '../problems/http-problems';
import { withinRequest } from '../context/async-context';
import { LoggingConfig } from '../logging/logging-config';
import { LogLine } from '../logging/service-logger';

declare module 'fastify' {
  interface FastifyRequest {
    /** By this process's monotonic clock. */
    arrivedAtMs: number;
  }
  interface FastifyReply {
    /** The code of the problem in the response, if any. */
    problemCode: string | null;
  }
}

/** A request that takes this long is logged whatever its status. */
const SLOW_MS = 1_000;
/**
 * Maximum number of lines per second: a flood of refusals must not become a flood of log lines. Further ones are
 * counted.
 */
const MAX_LINES_PER_SECOND = 100;
const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const NO_ROUTE = 'none';

/** Measures each request, and logs the notable ones. Names routes, never paths. */
@Injectable()
export class RequestWatch {
  private readonly logger = new Logger('Http');
  private readonly wanted: LoggingConfig['LOG_REQUESTS'];
  private readonly seconds;
  private readonly problems;
  private second = 0;
  private lines = 0;
  private withheld = 0;

  constructor({ LOG_REQUESTS }: LoggingConfig, metrics: Metrics) {
    this.wanted = LOG_REQUESTS;
    this.seconds = metrics.histogram({
      name: 'lottery_http_request_seconds',
      help: 'Seconds from the headers of a request to the first byte of its answer, by route template.',
      labels: ['method', 'route', 'status'],
      buckets: BUCKETS_SECONDS,
    });
    this.problems = metrics.counter({
      name: 'lottery_http_problems_total',
      help: 'Refusals and failures that clients were told, by problem code (docs/problems.md).',
      labels: ['code'],
    });
    // Makes the series exist: a change from 0 to 1 is visible, one from nothing to 1 is not.
    for (const code of HTTP_PROBLEM_CODES) this.problems.add({ code }, 0);
  }

  arrived(request: FastifyRequest): void {
    request.arrivedAtMs = performance.now();
  }

  answered(request: FastifyRequest, reply: FastifyReply): void {
    const durationMs = performance.now() - request.arrivedAtMs;
    const { statusCode, problemCode } = reply;
    const route = request.routeOptions.url ?? NO_ROUTE;
    this.seconds.observe(durationMs / 1_000, { method: request.method, route, status: String(statusCode) });
    if (problemCode !== null) this.problems.add({ code: problemCode });
    if (this.isWanted(statusCode, durationMs)) {
      // The context of the request may be lost here: the response can come from a stream.
      withinRequest(request.id, () => {
        this.write(request.method, route, reply, durationMs);
      });
    }
  }

  /** Counts a refusal of input that is not a request. */
  refusedUnread(code: string): void {
    this.problems.add({ code });
  }

  private isWanted(statusCode: number, durationMs: number): boolean {
    if (this.wanted !== 'problems') return this.wanted === 'all';
    return (statusCode >= 400 || durationMs >= SLOW_MS) && this.isRoom();
  }

  private isRoom(): boolean {
    const second = Math.floor(performance.now() / 1_000);
    if (second !== this.second) {
      if (this.withheld > 0) this.logger.warn(`${this.withheld} more failed or slow requests were not logged.`);
      [this.second, this.lines, this.withheld] = [second, 0, 0];
    }
    if (++this.lines <= MAX_LINES_PER_SECOND) return true;
    this.withheld++;
    return false;
  }

  private write(method: string, route: string, { statusCode, problemCode }: FastifyReply, durationMs: number): void {
    const ms = Math.round(durationMs * 10) / 10;
    const line = new LogLine(`${method} ${route} ${statusCode}${problemCode ? ` ${problemCode}` : ''} in ${ms} ms`, {
      method,
      route,
      status: statusCode,
      durationMs: ms,
      ...(problemCode === null ? {} : { code: problemCode }),
    });
    if (statusCode >= 500) this.logger.warn(line);
    else this.logger.log(line);
  }
}
