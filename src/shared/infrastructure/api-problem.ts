import { ApiResponse } from '@nestjs/swagger';

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    instance: { type: 'string', format: 'uri' },
    errors: { type: 'array', items: { type: 'object' } },
  },
};

/** Documents a refusal (RFC 9457) and the codes that it can have. */
export const ApiProblem = (status: number, ...codes: readonly string[]) =>
  ApiResponse({ status, description: codes.join(', '), content: { 'application/problem+json': { schema: PROBLEM } } });
