import type { Words } from './en';
import { account } from './es/account';
import { admin } from './es/admin';
import { home } from './es/home';
import { how } from './es/how';
import { layout } from './es/layout';
import { lotteries } from './es/lotteries';
import { lottery } from './es/lottery';
import { pools } from './es/pools';
import { verify } from './es/verify';

/** Spanish. */
export const es = {
  layout,
  account,
  admin,
  home,
  lottery,
  lotteries,
  pools,
  how,
  verify,
} satisfies Words;
