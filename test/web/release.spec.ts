import { NextRelease } from './support/next-release';
import { ServedSite } from './support/served-site';
import { openWatched, type Watched } from './support/watched-page';

/** vitejs/vite#11804: parts of a page that is open are gone after a release. */
describe('a release under an open page', () => {
  let site: ServedSite;
  let date: string;
  let tab: Watched;
  let release: NextRelease;

  beforeAll(async () => {
    site = await ServedSite.start();
    await site.submit(await site.register('ann'), 3);
    date = await site.closeToday();
  }, 180_000);

  afterAll(() => site.stop());

  beforeEach(async () => {
    await site.restart();
    tab = await openWatched(site.browser, site.origin);
  });

  afterEach(async () => {
    await tab.context.close();
    await release.remove();
  });

  async function deploy(keepsFormer: boolean): Promise<void> {
    release = await NextRelease.make(keepsFormer);
    await site.restart(release.program);
  }

  it('goes unnoticed where the parts of the release before are kept', async () => {
    await tab.page.goto(`/en/lottery/${date}`);
    await deploy(true);
    await press();
    await tab.page.getByText('Everything that was checked holds.').waitFor();
    expect(tab.faults).toEqual([]);
  });

  it('loads the page again, once, where they are gone', async () => {
    await tab.page.goto(`/en/lottery/${date}`);
    await deploy(false);
    await Promise.all([tab.page.waitForEvent('load'), press()]);
    await press();
    await tab.page.getByText('Everything that was checked holds.').waitFor();
  });

  it('is told to who wants to check on a page whose worker is gone', async () => {
    await tab.page.goto('/en/verify');
    await tab.page.getByText('First seen today').waitFor();
    await deploy(false);
    await press();
    await tab.page.getByText('There is a new release of this page').waitFor();
    await tab.page.reload();
    await press();
    await tab.page.getByText('Everything that was checked holds.').waitFor();
  });

  function press(): Promise<void> {
    return tab.page.getByRole('button', { name: 'Check in this browser' }).click();
  }
});
