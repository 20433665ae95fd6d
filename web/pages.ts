import type { Page } from './page';
import { account } from './pages/account/page';
import { admin } from './pages/admin/page';
import { dayPicked } from './pages/day/page';
import { home } from './pages/home/page';
import { how } from './pages/how/page';
import { lotteries } from './pages/lotteries/page';
import { lottery } from './pages/lottery/page';
import { pool } from './pages/pool/page';
import { pools } from './pages/pools/page';
import { verify } from './pages/verify/page';

/** Every page. A new one is a folder in `pages/` and a line here; `layout.nav` of the words says which the menu has. */
export const PAGES: Readonly<Record<string, Page>> = {
  home,
  lottery,
  dayPicked,
  lotteries,
  pools,
  pool,
  verify,
  how,
  account,
  admin,
};
