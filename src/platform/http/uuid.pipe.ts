import { ArgumentMetadata, Injectable, PipeTransform } from '@nestjs/common';
import { InvalidInput } from '../../shared/domain/invalid-input';
import { pathParam } from './path-param';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Accepts only UUIDs (RFC 9562), in lower case. */
@Injectable()
class UuidPipe implements PipeTransform<unknown, string> {
  /** @throws InvalidInput */
  transform(value: unknown, { data: parameter = 'id' }: ArgumentMetadata): string {
    if (typeof value !== 'string' || !UUID.test(value)) {
      throw new InvalidInput([{ parameter, detail: `${parameter} must be a UUID` }]);
    }
    return value.toLowerCase();
  }
}

/** A UUID in the route's path, for a controller's parameter. */
export const UuidParam = (name: string) =>
  pathParam(name, UuidPipe, { name, schema: { type: 'string', format: 'uuid' } });
