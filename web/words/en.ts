import { account } from './en/account';
import { admin } from './en/admin';
import { home } from './en/home';
import { how } from './en/how';
import { layout } from './en/layout';
import { lotteries } from './en/lotteries';
import { lottery } from './en/lottery';
import { pools } from './en/pools';
import { verify } from './en/verify';

/** All words of the pages, a section for each. Its shape binds all other languages. */
export const en = {
  layout,
  account,
  admin,
  home,
  lottery,
  lotteries,
  pools,
  how,
  verify,
};

export type Words = typeof en;
