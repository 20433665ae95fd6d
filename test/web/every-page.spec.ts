import { readdirSync } from 'node:fs';
import { BUDGETS, zipped } from '../../scripts/page-budgets';
import { accessFaults, sidewaysScroll } from './support/inspect';
import { ServedSite } from './support/served-site';
import { openWatched } from './support/watched-page';

/** Where each page of web/pages is, without its language. */
const ADDRESSES: Readonly<Record<string, (facts: Facts) => string[]>> = {
  account: () => ['/account'],
  admin: () => ['/admin'],
  day: ({ date }) => [`/lottery?date=${date}`],
  error: () => ['/no-such-page', '/lottery/2020-02-02'],
  home: () => ['/'],
  how: () => ['/how'],
  lotteries: () => ['/lotteries', '/lotteries?state=drawn'],
  lottery: ({ date, tomorrow }) => [`/lottery/${date}`, `/lottery/${tomorrow}`],
  pool: ({ pool }) => [`/pools/${pool}`],
  pools: () => ['/pools'],
  verify: () => ['/verify'],
};

const LANGUAGES = ['en', 'es'];
const THEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280];

interface Facts {
  readonly date: string;
  readonly tomorrow: string;
  readonly pool: string;
}

describe.each(readdirSync('web/pages'))('the page %s', (name) => {
  let site: ServedSite;
  let addresses: string[];

  beforeAll(async () => {
    site = await sharedSite();
    addresses = LANGUAGES.flatMap((language) => (ADDRESSES[name]?.(facts) ?? []).map((path) => `/${language}${path}`));
  }, 180_000);

  it('is known to this spec', () => expect(addresses).not.toEqual([]));

  it('has nothing that keeps people out, in both themes and from a telephone to a screen', async () => {
    for (const address of addresses) {
      const { context, page, faults } = await openWatched(site.browser, site.origin);
      await page.goto(address, { waitUntil: 'networkidle' });
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          const at = `${address} ${colorScheme} ${width}`;
          expect([at, await accessFaults(page)]).toEqual([at, []]);
          expect([at, await sidewaysScroll(page)]).toEqual([at, 0]);
        }
      }
      await context.close();
      expect([address, faults.filter((fault) => name !== 'error' || !fault.includes('404'))]).toEqual([address, []]);
    }
  }, 240_000);

  it('is as small as it must be', async () => {
    for (const address of addresses) {
      const answer = await fetch(site.origin + address, { headers: { accept: 'text/html' } });
      const html = await answer.text();
      expect([address, Math.max(0, zipped(html) - BUDGETS.html)]).toEqual([address, 0]);
      if (/data-on="load"/.test(html)) continue;
      const scripts = [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, source]) => source!);
      const sizes = await Promise.all(scripts.map(async (source) => zipped(await textAt(site.origin + source))));
      const sum = sizes.reduce((whole, size) => whole + size, 0);
      expect(sum).toBeGreaterThan(0);
      expect([address, Math.max(0, sum - BUDGETS.page)]).toEqual([address, 0]);
    }
  });
});

let started: Promise<ServedSite> | undefined;
let facts: Facts;

/** One for all pages: a winner yesterday's people would see, a lottery that is open, a pool. */
function sharedSite(): Promise<ServedSite> {
  started ??= (async () => {
    const site = await ServedSite.start();
    const bearer = await site.register('ann-with-a-rather-long-name-x');
    await site.submit(bearer, 100);
    const pool = await site.stake(3);
    const date = await site.closeToday();
    const tomorrow = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
    facts = { date, tomorrow, pool };
    return site;
  })();
  return started;
}

afterAll(async () => (await started)?.stop());

async function textAt(url: string): Promise<string> {
  return (await fetch(url)).text();
}
