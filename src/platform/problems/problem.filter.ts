import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, RefusalKind } from '../../shared/domain/domain-error';
import { InputFault, InvalidInput } from '../../shared/domain/invalid-input';
import { httpProblem, HttpProblem, HttpRefusal } from './http-problems';
import { isUnavailable } from '../database/sql-state';
import { stackOf } from '../errors/stack-of';
import { TooManyRequests } from './too-many-requests';

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unprocessable: 422,
  'too-many': 429,
  unavailable: 503,
};

/** RFC 9457 problem details. */
interface Problem extends HttpProblem {
  readonly errors?: readonly InputFault[];
}

/** The one place where refusals become HTTP. A defect of ours shows the client nothing and the log everything. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    sendProblem(reply, this.problemOf(error, request), request);
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof DomainError) return fromDomain(error);
    if (error instanceof TooManyRequests) return { ...httpProblem(429), retryAfterSeconds: error.retryAfterSeconds };
    if (error instanceof HttpException) return httpProblem(error.getStatus());
    if (error instanceof HttpRefusal) return fromHttp(error);
    const status = statusOf(error);
    if (status !== undefined && status < 500) return httpProblem(status);
    const problem = httpProblem(isUnavailable(error) ? 503 : 500);
    this.logger.error(`${request.method} ${request.routeOptions.url ?? ''}: ${problem.code}`, stackOf(error));
    return problem;
  }
}

/** Writes the problem as application/problem+json. */
export function sendProblem(reply: FastifyReply, problem: Problem, request: FastifyRequest): void {
  const { code, status, title, detail, errors, retryAfterSeconds } = problem;
  reply.problemCode = code;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  // Headers of the success do not apply to the problem. A stream that failed has already set them.
  if (!reply.raw.headersSent) reply.raw.removeHeader('etag');
  void reply
    .removeHeader('etag')
    .header('cache-control', 'no-store')
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({
        type: `/problems/${code}`,
        title,
        status,
        detail,
        code,
        instance: `urn:request:${request.id}`,
        errors,
      }),
    );
}

function fromDomain(error: DomainError): Problem {
  return {
    code: error.code,
    status: STATUS[error.kind],
    title: error.code.replaceAll(/[.-]/g, ' '),
    detail: error.message,
    ...(error instanceof InvalidInput ? { errors: error.errors } : {}),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
  };
}

function fromHttp({ statusCode, errors }: HttpRefusal): Problem {
  return { ...httpProblem(statusCode), ...(errors.length > 0 ? { errors } : {}) };
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}
