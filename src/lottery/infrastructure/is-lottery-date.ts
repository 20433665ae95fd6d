import { ValidateBy } from 'class-validator';
import { LotteryDate } from '../domain/lottery-date';

/** The property is a calendar day, written YYYY-MM-DD. */
export const IsLotteryDate = () =>
  ValidateBy({
    name: 'isLotteryDate',
    validator: {
      validate: (value: unknown) => LotteryDate.isValid(value),
      defaultMessage: () => '$property must be a calendar day: YYYY-MM-DD',
    },
  });
