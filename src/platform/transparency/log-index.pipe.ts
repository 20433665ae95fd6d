import { ArgumentMetadata, Injectable, PipeTransform } from '@nestjs/common';
import { InvalidInput } from '../../shared/domain/invalid-input';
import { pathParam } from '../http/path-param';
import { MAX_WHOLE } from '../http/whole-number';

const INDEX = /^(?:0|[1-9]\d{0,14})$/;

/** Accepts only plain decimal numbers from 0, the indexes of a log. */
@Injectable()
class LogIndexPipe implements PipeTransform<unknown, number> {
  /** @throws InvalidInput */
  transform(value: unknown, { data: parameter = 'index' }: ArgumentMetadata): number {
    if (typeof value !== 'string' || !INDEX.test(value)) {
      throw new InvalidInput([{ parameter, detail: `${parameter} must be a whole number from 0` }]);
    }
    return Number(value);
  }
}

/** An index of a log in the route's path, for a controller's parameter. */
export const LogIndexParam = (name: string) =>
  pathParam(name, LogIndexPipe, { name, schema: { type: 'integer', minimum: 0, maximum: MAX_WHOLE } });
