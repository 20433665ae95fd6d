import { Transform } from 'class-transformer';

/** Only plain decimal digits are a number: no `1e2`, no `0x10`, no blank. */
export const WholeNumber = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );
