import type { Test } from 'supertest';

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string }[];
}

/** Expects a problem of this status and code, and gives it without what differs from request to request. */
export async function refuses(answer: Test, status: number, code: string): Promise<Problem> {
  const { body, headers, status: answered } = await answer;
  expect({ status: answered, code: body.code }).toEqual({ status, code });
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  return { ...body, instance: undefined };
}
