import { renderToString } from 'preact-render-to-string';
import { Api, type Ask } from './client/api';
import type { Facts, PageRequest } from './facts';
import type { Page } from './page';
import { PAGES } from './pages';
import { error } from './pages/error/page';
import { Islands } from './parts/island';
import { Head } from './parts/layout/head';
import { Layout } from './parts/layout/layout';
import { LANGUAGES, wordsIn, type Words } from './words/words';

export const languages = LANGUAGES;

/** Where each page is, below its language. */
export const routes: readonly { readonly page: string; readonly path: string }[] = Object.entries(PAGES).map(
  ([page, { path }]) => ({ page, path }),
);

/** How many days search engines are told of: a page of the API. */
const DAYS_LISTED = 100;

/** Paths, without a language, that search engines may list: pages that always are, and the newest lotteries. */
export async function places(ask: Ask): Promise<readonly string[]> {
  const { items } = await new Api(ask).get('/lotteries', { query: { limit: DAYS_LISTED } });
  const fixed = Object.values(PAGES).flatMap(({ path, listed }) => (listed && !path.includes(':') ? [path] : []));
  return [...fixed, ...(PAGES['lottery'] ? items.map(({ date }) => `/lottery/${date}`) : [])];
}

/** Asks the API for what a page shows. @throws Refused, with the status, if the API refuses. */
export function load(page: string, request: PageRequest, ask: Ask): Promise<unknown> {
  return pageNamed(page).load(new Api(ask), request);
}

/** The HTML of a page: a pure function. `error` is a page, too, with `{ status }` as its data. */
export function render(page: string, data: unknown, facts: Facts): string {
  const { head, Body, listed } = pageNamed(page);
  const words = wordsIn(facts.language);
  const used = new Set<string>();
  const props = { data, words, facts };
  const body = renderToString(
    <Islands.Provider value={{ assets: facts.assets, used }}>
      <Layout facts={facts} words={words} menu={menuOf(words)}>
        <Body {...props} />
      </Layout>
    </Islands.Provider>,
  );
  const headed = renderToString(
    <Head
      {...head(props)}
      facts={facts}
      words={words}
      listed={listed}
      islands={[...used]}
      sheet={`pages/${page}/page.css`}
    />,
  );
  return `<!doctype html><html lang="${facts.language}">${headed}<body>${body}</body></html>`;
}

function pageNamed(name: string): Page {
  const found = name === 'error' ? error : PAGES[name];
  if (found === undefined) throw new Error(`there is no page ${name}`);
  return found;
}

function menuOf({ layout: { nav } }: Words) {
  return (Object.keys(nav) as (keyof typeof nav)[]).flatMap((name) => {
    const path = PAGES[name]?.path;
    return path === undefined || path.includes(':') || name === 'admin' ? [] : [{ name, path }];
  });
}
