import { ServedSite } from './support/served-site';
import { openWatched, type Watched } from './support/watched-page';

describe('a reader without JavaScript', () => {
  let site: ServedSite;
  let date: string;
  let tab: Watched;

  beforeAll(async () => {
    site = await ServedSite.start();
    await site.submit(await site.register('ann'), 42);
    date = await site.closeToday();
    tab = await openWatched(site.browser, site.origin, { javaScriptEnabled: false });
  }, 180_000);

  afterAll(async () => {
    await tab.context.close();
    await site.stop();
    expect(tab.faults).toEqual([]);
  });

  it('sees numbers and the winner on the home page, and finds its lottery', async () => {
    const { page } = tab;
    const { ballotId } = await winner();
    await page.goto('/en/');
    const main = page.getByRole('main');
    expect(await main.innerText()).toContain('42');
    expect(await main.innerHTML()).toContain(ballotId);
    await page.locator(`main a[href="/en/lottery/${date}"]`).first().click();
    expect(await main.innerText()).toContain(ballotId);
  });

  it('finds every file of the draw, and the verifier that is one file', async () => {
    const { page } = tab;
    await page.goto(`/en/lottery/${date}`);
    for (const path of [`/lotteries/${date}/bundle`, `/lotteries/${date}/ballots.txt`, '/verifier-key']) {
      await page.locator(`a[href="${path}"]`).first().waitFor();
      expect((await fetch(site.origin + path)).status).toBe(200);
    }
    await page.goto('/en/verify');
    await page.locator('a[href="/verifier.html"]').first().waitFor();
    expect(await page.content()).toContain('so it needs JavaScript');
  });

  it('comes from page to page by links that lead somewhere', async () => {
    const { page } = tab;
    const seen = new Set<string>();
    const waiting = ['/en/'];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const answer = await page.goto(path);
      expect([path, answer?.status()]).toEqual([path, 200]);
      const links = await page
        .locator('a[href^="/"]')
        .evaluateAll((found) => found.map((one) => one.getAttribute('href')!));
      waiting.push(...links.map((link) => link.split('#')[0]!).filter((link) => /^[/](en|es)[/]/.test(link)));
      if (seen.size > 60) break;
    }
    expect(seen.size).toBeGreaterThan(8);
  });

  async function winner(): Promise<{ ballotId: string }> {
    const { body } = await site.service.request().get(`/lotteries/winner?date=${date}`).expect(200);
    return body as { ballotId: string };
  }
});
