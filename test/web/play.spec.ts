import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessFaults } from './support/inspect';
import { PASSWORD, ServedSite } from './support/served-site';
import { openWatched, type Watched } from './support/watched-page';

/** What the whole thing is for, step by step, each with the hands of a person. */
describe('a day of the lottery, on its pages', () => {
  let site: ServedSite;
  let folder: string;
  let player: Watched;
  let admin: Watched;

  beforeAll(async () => {
    site = await ServedSite.start();
    await site.register('root', 'admin');
    folder = await mkdtemp(join(tmpdir(), 'play-'));
    [player, admin] = [await open(), await open()];
  }, 180_000);

  afterAll(async () => {
    await site.stop();
    await rm(folder, { recursive: true });
  });

  it('a person registers by keyboard alone, and is logged in', async () => {
    const { page } = player;
    await page.goto('/en/account');
    await page.getByRole('button', { name: 'Make an account' }).press('Enter');
    await page.getByLabel('Username').fill('ann');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByLabel('Password').press('Enter');
    await page.getByText('Logged in as ann.').waitFor();
  });

  it('submits ballots and keeps the receipts, which can be saved', async () => {
    const { page } = player;
    await page.getByLabel('How many ballots').fill('3');
    await page.getByRole('button', { name: 'Submit', exact: true }).press('Enter');
    await page.getByText('3 ballots are in. The receipts are kept in this browser.').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save all receipts' }).click();
    await (await saved).saveAs(join(folder, 'receipts.json'));
    expect(await page.getByRole('row').count()).toBe(4);
    expect(await accessFaults(page)).toEqual([]);
  });

  it('finds the ballots in the number on the home page', async () => {
    const { page } = player;
    await page.goto('/en/');
    await page.getByText('3 ballots so far').waitFor();
  });

  it('an admin closes the day, early', async () => {
    const { page } = admin;
    await page.goto('/en/admin');
    await logIn(page, 'root');
    await page.getByRole('button', { name: 'Lotteries' }).click();
    const date = await page.evaluate<string>(`new Date().toISOString().slice(0, 10)`);
    const shown = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));
    await page.getByRole('button', { name: shown }).click();
    const drawer = page.getByRole('dialog');
    expect(await accessFaults(page)).toEqual([]);
    await drawer.getByLabel('Close it although').check();
    await drawer.getByRole('button', { name: 'Close this lottery' }).click();
    await page.getByRole('row', { name: shown }).getByText('Drawn').waitFor();
  });

  it('the winner is on the home page, and the check in the browser goes to its end', async () => {
    const { page } = player;
    await page.goto('/en/');
    await page.getByRole('heading', { name: 'The last winner' }).waitFor();
    expect(await page.getByRole('main').innerText()).toContain('ann');
    await page
      .getByRole('link', { name: 'Check this draw' })
      .or(page.getByRole('button', { name: 'Check this draw' }))
      .click();
    await page.getByRole('button', { name: 'Check in this browser' }).click();
    await page.getByText('Everything that was checked holds.').waitFor();
    expect(
      (await page.locator('.proof-lines li').allInnerTexts()).filter((line) => line.startsWith('CHECKED')),
    ).toHaveLength(18);
  });

  it('nobody met an error, a breach of the policy or another origin', () => {
    expect([player.faults, admin.faults]).toEqual([[], []]);
  });

  async function open(): Promise<Watched> {
    return openWatched(site.browser, site.origin, { acceptDownloads: true });
  }

  async function logIn(page: Page, username: string): Promise<void> {
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByLabel('Password').press('Enter');
    await page.getByRole('heading', { name: 'Administration' }).waitFor();
  }
});
