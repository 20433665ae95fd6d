import type { Page } from './page';
import { home } from './pages/home/page';
import { verify } from './pages/verify/page';

/** Every page. A new one is a folder in `pages/` and a line here; `layout.nav` of the words says which the menu has. */
export const PAGES: Readonly<Record<string, Page>> = {
  verify,
  home,
};
