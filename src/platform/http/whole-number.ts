import { Transform } from 'class-transformer';

/** The largest number of fifteen digits, which JavaScript represents exactly. */
export const MAX_WHOLE = 999_999_999_999_999;

const WHOLE = /^(?:0|[1-9]\d{0,14})$/;

/** Reads plain decimal digits only: no `1e2`, no `0x10`, no `007`, no blank. */
export const WholeNumber = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && WHOLE.test(value) ? Number(value) : value,
  );
