import type { Words } from './en';
import { home } from './es/home';
import { layout } from './es/layout';
import { verify } from './es/verify';

/** Spanish. */
export const es = {
  layout,
  home,
  verify,
} satisfies Words;
