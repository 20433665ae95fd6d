import type { Page } from 'playwright-core';
import { rounds } from '../support/rounds';
import { PASSWORD, ServedSite } from './support/served-site';
import { openWatched, type Watched, watch } from './support/watched-page';

const ROUNDS = rounds({ few: 50, all: 50 });

/** letsrevel/revel-frontend#950: two tabs asked for a new token at once, and both were signed out. */
describe('two tabs of one person', () => {
  let site: ServedSite;
  let tab: Watched;
  let other: Page;

  beforeAll(async () => {
    site = await ServedSite.start();
    await site.register('ann');
    tab = await openWatched(site.browser, site.origin);
    await tab.page.goto('/en/');
    other = await tab.context.newPage();
    watch(other, site.origin, tab.faults);
    await other.goto('/en/');
    expect(await post(tab.page, 'login', { username: 'ann', password: PASSWORD })).toBe(200);
  }, 180_000);

  afterAll(async () => {
    await tab.context.close();
    await site.stop();
  });

  it(`refresh at once ${ROUNDS} times, and nobody is logged out`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      expect(await Promise.all([post(tab.page, 'refresh'), post(other, 'refresh')])).toEqual([200, 200]);
    }
    expect(tab.faults).toEqual([]);
  });

  it('are both logged out by one that logs out', async () => {
    expect(await post(tab.page, 'logout')).toBe(204);
    expect(await post(other, 'refresh')).toBe(401);
  });
});

/** As the pages do, though without the lock between tabs: the server alone must hold. */
async function post(page: Page, door: string, body: object = {}): Promise<number> {
  const sent = JSON.stringify(JSON.stringify(body));
  return page.evaluate<number>(`fetch('/auth/web/${door}', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: ${sent},
  }).then(({ status }) => status)`);
}
