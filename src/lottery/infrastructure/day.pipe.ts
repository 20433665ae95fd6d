import { Injectable, PipeTransform } from '@nestjs/common';
import { ApiParam, ApiParamOptions } from '@nestjs/swagger';
import { pathParam } from '../../platform/http/path-param';
import { exactSchema } from '../../platform/http/exact-schema';
import { Day, dayOf } from '../domain/lottery-date';

const DAY: ApiParamOptions = {
  name: 'date',
  description: 'A day of the calendar, 0001-01-01 to 9999-12-30, or the current one',
  schema: {
    type: 'string',
    pattern: '^(today|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$',
    ...exactSchema({
      anyOf: [
        { type: 'string', enum: ['today'] },
        { type: 'string', format: 'date' },
      ],
    }),
  },
};

@Injectable()
class DayPipe implements PipeTransform<unknown, Day> {
  transform(value: unknown): Day {
    return dayOf(value);
  }
}

/** The day in the route's path, for a controller's parameter. */
export const DayParam = () => pathParam('date', DayPipe, DAY);

/** Documents the day in the route's path for routes that read it with `dayOf`. */
export const ApiDay = () => ApiParam(DAY);
