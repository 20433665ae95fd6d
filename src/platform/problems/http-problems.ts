import type { InputFault } from '../../shared/domain/invalid-input';

/** A refusal by HTTP itself. */
export interface HttpProblem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly retryAfterSeconds?: number;
}

const UNAVAILABLE_RETRY_SECONDS = 1;

/** Refusals that arise before any use case runs, or without one. */
const HTTP_PROBLEMS: readonly HttpProblem[] = [
  {
    code: 'http.bad-request',
    status: 400,
    title: 'bad request',
    detail: 'The request is malformed: check its headers, its URL and its JSON, all in UTF-8.',
  },
  { code: 'http.not-found', status: 404, title: 'not found', detail: 'There is no such route.' },
  {
    code: 'http.request-timeout',
    status: 408,
    title: 'request timeout',
    detail: 'The request took too long to arrive.',
  },
  {
    code: 'http.body-too-large',
    status: 413,
    title: 'body too large',
    detail: 'The body is larger than this route reads.',
  },
  {
    code: 'http.uri-too-long',
    status: 414,
    title: 'uri too long',
    detail: 'The URL is longer than this server reads.',
  },
  {
    code: 'http.unsupported-media-type',
    status: 415,
    title: 'unsupported media type',
    detail: 'Send the body as application/json, without a Content-Encoding.',
  },
  {
    code: 'http.expectation-failed',
    status: 417,
    title: 'expectation failed',
    detail: 'The header Expect asks for something that this server does not support.',
  },
  {
    code: 'http.too-many-requests',
    status: 429,
    title: 'too many requests',
    detail: 'Too many requests: wait before the next one.',
  },
  {
    code: 'http.headers-too-large',
    status: 431,
    title: 'headers too large',
    detail: 'The URL and the headers together are longer than this server reads.',
  },
  {
    code: 'http.internal',
    status: 500,
    title: 'internal error',
    detail: 'Something went wrong on our side; it has been recorded.',
  },
  {
    code: 'http.unavailable',
    status: 503,
    title: 'unavailable',
    detail: 'The service cannot answer now. A submission with an Idempotency-Key can safely be sent again.',
    retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS,
  },
];

export const HTTP_PROBLEM_CODES: readonly string[] = HTTP_PROBLEMS.map(({ code }) => code);

/** The response to everything except health checks, if the process does not have the role api. */
export const NOT_SERVED_HERE: HttpProblem = {
  code: 'http.not-served-here',
  status: 404,
  title: 'not served here',
  detail: 'This process of the service answers no requests; another one does.',
};

/** The problem for this status; an unlisted 4xx counts as 400, everything else as 500. */
export function httpProblem(status: number): HttpProblem {
  const listed = HTTP_PROBLEMS.find((problem) => problem.status === status);
  return listed ?? httpProblem(status >= 400 && status < 500 ? 400 : 500);
}

/** Refuses a request before there is a use case; `errors` name the places at fault. */
export class HttpRefusal extends Error {
  constructor(
    readonly statusCode: number,
    readonly errors: readonly InputFault[] = [],
  ) {
    super(httpProblem(statusCode).title);
  }
}
