import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { InvalidInput } from '../../shared/domain/invalid-input';

/** RFC 9110 section 5.5: visible characters, spaces between them. */
const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** The Idempotency-Key header, or null. @throws InvalidInput */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw new InvalidInput([
    { header: 'Idempotency-Key', detail: 'Idempotency-Key must be 1 to 255 visible ASCII characters' },
  ]);
}

/** The Idempotency-Key header, for a controller's parameter. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | null => {
  return idempotencyKeyOf(context.switchToHttp().getRequest<FastifyRequest>());
});

/** Documents the header for routes that read it with `idempotencyKeyOf`. */
export const ApiIdempotencyKey = (description: string) =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: `${description} 1 to 255 visible ASCII characters, spaces between them`,
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~](?:[ -~]*[!-~])?$' },
  });
