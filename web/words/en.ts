import { home } from './en/home';
import { layout } from './en/layout';
import { verify } from './en/verify';

/** All words of the pages, a section for each. Its shape binds all other languages. */
export const en = {
  layout,
  home,
  verify,
};

export type Words = typeof en;
