import { ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { InputFault, InvalidInput } from '../domain/invalid-input';

/** No input of ours is deeper; without a bound, nesting alone would exhaust the stack of whoever walks it. */
const MAX_DEPTH = 8;

/** Checks bodies and queries against their DTO: unknown fields are refused, every fault is reported at once. */
@Injectable()
export class InputValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => new InvalidInput(errors.flatMap((error) => faultsOf(error, ''))),
    });
  }

  /** No body says as much as an empty one. @throws InvalidInput */
  override async transform(given: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const value = given === undefined && metadata.type === 'body' ? {} : given;
    if (metadata.type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw new InvalidInput([{ pointer: '', detail: 'the body must be a JSON object' }]);
    }
    if (isDeeperThan(MAX_DEPTH, value)) {
      throw new InvalidInput([{ pointer: '', detail: `nothing is nested more than ${MAX_DEPTH} levels deep` }]);
    }
    try {
      return (await super.transform(value, metadata)) as unknown;
    } catch (error) {
      if (error instanceof InvalidInput && metadata.type !== 'body')
        throw new InvalidInput(error.errors.map(asParameter));
      throw error;
    }
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

function faultsOf(error: ValidationError, parent: string): InputFault[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.values(error.constraints ?? {}).map((detail) => ({ pointer, detail }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, pointer))];
}

function asParameter(fault: InputFault): InputFault {
  return 'pointer' in fault ? { parameter: fault.pointer.slice(1), detail: fault.detail } : fault;
}
