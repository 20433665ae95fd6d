import type { Words } from './en';
import { home } from './es/home';
import { layout } from './es/layout';

/** Spanish. */
export const es = {
  layout,
  home,
} satisfies Words;
