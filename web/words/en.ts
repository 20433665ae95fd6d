import { home } from './en/home';
import { layout } from './en/layout';

/** All words of the pages, a section for each. Its shape binds all other languages. */
export const en = {
  layout,
  home,
};

export type Words = typeof en;
