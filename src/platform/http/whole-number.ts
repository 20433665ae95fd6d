import { Transform } from 'class-transformer';

/** Fifteen digits: what JavaScript counts to without rounding. */
export const MAX_WHOLE = 999_999_999_999_999;

const WHOLE = /^(?:0|[1-9]\d{0,14})$/;

/** Only plain decimal digits are a number: no `1e2`, no `0x10`, no `007`, no blank. */
export const WholeNumber = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && WHOLE.test(value) ? Number(value) : value,
  );
