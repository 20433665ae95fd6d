import { ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { InputFault, InvalidInput } from '../domain/invalid-input';

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

  /** @throws InvalidInput */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw new InvalidInput([{ pointer: '', detail: 'the body must be a JSON object' }]);
    }
    try {
      return (await super.transform(value, metadata)) as unknown;
    } catch (error) {
      if (error instanceof InvalidInput && metadata.type !== 'body') throw new InvalidInput(error.errors.map(asParameter));
      throw error;
    }
  }
}

function faultsOf(error: ValidationError, parent: string): InputFault[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.values(error.constraints ?? {}).map((detail) => ({ pointer, detail }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, pointer))];
}

function asParameter(fault: InputFault): InputFault {
  return 'pointer' in fault ? { parameter: fault.pointer.slice(1), detail: fault.detail } : fault;
}
