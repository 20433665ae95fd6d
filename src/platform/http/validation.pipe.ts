import { ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { InputFault, InvalidInput } from '../../shared/domain/invalid-input';
import { pointerStep, withoutInheritedNames } from './inherited-names';

/** Maximum depth of input. No valid input is deeper; without a bound, nesting alone would exhaust the stack. */
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

  /** @throws InvalidInput */
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body') return this.checkBody(value, metadata);
    if (metadata.type === 'query') return this.checkQuery(value, metadata);
    return Promise.resolve(value);
  }

  /** A missing body counts as an empty one. */
  private checkBody(body: unknown = {}, metadata: ArgumentMetadata): Promise<unknown> {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new InvalidInput([{ pointer: '', detail: 'the body must be a JSON object' }]);
    }
    if (isDeeperThan(MAX_DEPTH, body)) {
      throw new InvalidInput([{ pointer: '', detail: `nothing is nested more than ${MAX_DEPTH} levels deep` }]);
    }
    return this.checkFields(body, metadata);
  }

  private async checkQuery(query: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await this.checkFields(query as object, metadata);
    } catch (error) {
      throw error instanceof InvalidInput ? new InvalidInput(error.errors.map(asParameter)) : error;
    }
  }

  private async checkFields(input: object, metadata: ArgumentMetadata): Promise<unknown> {
    if (!this.toValidate(metadata)) return super.transform(input, metadata);
    const { copy, faults } = withoutInheritedNames(input);
    if (faults.length === 0) return super.transform(copy, metadata);
    const others = await super.transform(copy, metadata).then(
      () => [],
      (error: unknown) => {
        if (error instanceof InvalidInput) return error.errors;
        throw error;
      },
    );
    throw new InvalidInput([...others, ...faults]);
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

function faultsOf(error: ValidationError, parent: string): InputFault[] {
  const pointer = `${parent}/${pointerStep(error.property)}`;
  const own = Object.values(error.constraints ?? {}).map((detail) => ({ pointer, detail }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, pointer))];
}

function asParameter(fault: InputFault): InputFault {
  return 'pointer' in fault ? { parameter: fault.pointer.slice(1), detail: fault.detail } : fault;
}
