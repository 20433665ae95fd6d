import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { LotteryDate } from '../domain/lottery-date';

/** Requires a calendar day, written YYYY-MM-DD. */
export const IsLotteryDate = () => mustBeADay((value) => LotteryDate.read(value) !== null);

/** The property is the `LotteryDate` that is written there as YYYY-MM-DD. */
export const AsLotteryDate = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => LotteryDate.read(value) ?? value),
    mustBeADay((value) => value instanceof LotteryDate),
  );

const mustBeADay = (validate: (value: unknown) => boolean) =>
  ValidateBy({
    name: 'isLotteryDate',
    validator: { validate, defaultMessage: () => '$property must be a calendar day: YYYY-MM-DD' },
  });
