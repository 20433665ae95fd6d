import type { OpenAPIObject } from '@nestjs/swagger';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly object[];
}

/**
 * Converts to OpenAPI 3.1, whose schemas are JSON Schema. In 3.0, which the library writes, `nullable` beside a
 * reference has no effect: the null of a lottery without a winner would not be allowed.
 */
export function toOpenApi31(document: OpenAPIObject): OpenAPIObject {
  return { ...(withNulls(document) as OpenAPIObject), openapi: '3.1.0' };
}

function withNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNulls);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...schema } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withNulls(inner)]),
  );
  return nullable === true ? orNull(schema) : schema;
}

function orNull({ type, allOf, ...schema }: Schema): object {
  if (allOf) return { ...schema, anyOf: [...allOf, { type: 'null' }] };
  return { ...schema, type: [type, 'null'], ...(schema.enum && { enum: [...schema.enum, null] }) };
}
