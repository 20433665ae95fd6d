import { ApiExtension, ApiResponse } from '@nestjs/swagger';

const PROBLEM_TYPE = 'application/problem+json';
const PROBLEM_REF = '#/components/schemas/Problem';

/** The schema of RFC 9457 problems, as problem.filter.ts writes them; every refusal refers to it. */
export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457; GET /problems tells what each code means and what to do',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri-reference', example: '/problems/request.invalid' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
    code: { type: 'string', pattern: '^[a-z]+\\.[a-z-]+$', description: 'Stable: never renamed' },
    instance: { type: 'string', format: 'uri', description: 'The request as the log names it' },
    errors: {
      type: 'array',
      description: 'Every fault of the input, each with its place',
      items: {
        type: 'object',
        required: ['detail'],
        properties: {
          detail: { type: 'string' },
          pointer: { type: 'string', description: 'Into the body (RFC 6901)' },
          parameter: { type: 'string', description: 'Of the path or the query' },
          header: { type: 'string' },
        },
      },
    },
  },
};

const HEADERS: Readonly<Record<number, object>> = {
  401: { 'WWW-Authenticate': { required: true, schema: { type: 'string' } } },
  429: retryAfter(),
  503: retryAfter(),
};

export interface ProblemResponse {
  readonly description: string;
  readonly content?: {
    readonly [PROBLEM_TYPE]?: {
      readonly schema: {
        readonly allOf: readonly [
          object,
          { readonly type: string; readonly properties: { readonly code: { readonly enum: string[] } } },
        ];
      };
    };
  };
}

/** A refusal (RFC 9457) and its possible codes. */
export function problemResponse(status: number, codes: readonly string[]): ProblemResponse {
  const properties = { status: { enum: [status] }, code: { enum: [...codes] } };
  return {
    description: codes.join(', '),
    ...(HEADERS[status] && { headers: HEADERS[status] }),
    content: { [PROBLEM_TYPE]: { schema: { allOf: [{ $ref: PROBLEM_REF }, { type: 'object', properties }] } } },
  };
}

/** The codes of a documented refusal; none if there is no refusal. */
export function codesOf(response: ProblemResponse | undefined): readonly string[] {
  return response?.content?.[PROBLEM_TYPE]?.schema.allOf[1].properties.code.enum ?? [];
}

/** Documents a refusal of this route; openapi.ts adds those that many routes share. */
export const ApiProblem = (status: number, ...codes: readonly string[]) =>
  ApiResponse({ status, ...problemResponse(status, codes) } as Parameters<typeof ApiResponse>[0]);

const SHARED_PROBLEM = 'x-shared-problem';

interface SharedProblem {
  readonly status: number;
  readonly codes: readonly string[];
}

/** Documents a refusal that many routes share, after those of the route's own. At most one for a route. */
export const ApiSharedProblem = (status: number, ...codes: readonly string[]) =>
  ApiExtension(SHARED_PROBLEM, { status, codes } satisfies SharedProblem);

/** Removes the mark of `ApiSharedProblem` from an operation of the document, and returns what it said. */
export function takeSharedProblem(operation: object): SharedProblem | undefined {
  const extended: { [SHARED_PROBLEM]?: SharedProblem } = operation;
  const shared = extended[SHARED_PROBLEM];
  delete extended[SHARED_PROBLEM];
  return shared;
}

function retryAfter(): object {
  return { 'Retry-After': { required: true, description: 'Seconds', schema: { type: 'integer', minimum: 1 } } };
}
