import { ArgumentMetadata, Injectable, Param, PipeTransform } from '@nestjs/common';
import { InvalidInput } from '../domain/invalid-input';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Lets only UUIDs through (RFC 9562), in lower case. */
@Injectable()
export class UuidPipe implements PipeTransform<unknown, string> {
  /** @throws InvalidInput */
  transform(value: unknown, { data: parameter = 'id' }: ArgumentMetadata): string {
    if (typeof value !== 'string' || !UUID.test(value)) {
      throw new InvalidInput([{ parameter, detail: `${parameter} must be a UUID` }]);
    }
    return value.toLowerCase();
  }
}

/** A UUID in the route's path, for a controller's parameter. */
export const UuidParam = (name: string) => Param(name, UuidPipe);
