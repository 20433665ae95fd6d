import { Transform } from 'class-transformer';

/** Plain decimal digits. */
export const whole = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
);

/** Words, separated by commas. */
export const names = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.split(',').map((name) => name.trim()) : value,
);
