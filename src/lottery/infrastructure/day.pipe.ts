import { Injectable, PipeTransform } from '@nestjs/common';
import { LotteryDate } from '../domain/lottery-date';

/** Reads `YYYY-MM-DD` or `today`. @throws InvalidInput */
@Injectable()
export class DayPipe implements PipeTransform<unknown, LotteryDate | 'today'> {
  transform(value: unknown): LotteryDate | 'today' {
    return value === 'today' ? value : LotteryDate.parse(value);
  }
}
