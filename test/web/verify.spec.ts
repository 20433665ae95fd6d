import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { commandLineOf } from './support/command-line';
import { ServedSite } from './support/served-site';
import { openWatched, type Watched } from './support/watched-page';

describe('check a draw in the browser', () => {
  let site: ServedSite;
  let folder: string;
  let date: string;
  let expected: string[];
  let tab: Watched;

  beforeAll(async () => {
    site = await ServedSite.start();
    const bearer = await site.register('ann');
    const receipt = await site.submit(bearer);
    await site.submit(bearer, 100);
    date = await site.closeToday();
    folder = await mkdtemp(join(tmpdir(), 'verify-'));
    await save('receipt.json', JSON.stringify(receipt));
    await save('bundle.json', await downloaded(`/lotteries/${date}/bundle`));
    await save('ballots.txt', await downloaded(`/lotteries/${date}/ballots.txt`));
    const key = (await downloaded('/verifier-key')).trim();
    expected = await commandLineOf(folder, key);
  }, 180_000);

  afterAll(async () => {
    await site.stop();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    tab = await openWatched(site.browser, site.origin, { acceptDownloads: true });
  });

  afterEach(async () => {
    await tab.context.close();
    expect(tab.faults).toEqual([]);
  });

  describe('on the page for it', () => {
    it('checks the newest draw to the end, with the lines of the command line', async () => {
      await tab.page.goto('/en/verify');
      await tab.page.getByRole('button', { name: 'Check in this browser' }).click();
      expect(await verdict(tab.page)).toBe('Everything that was checked holds.');
      expect(await lines(tab.page)).toEqual(expected);
      expect(expected.filter((line) => line.startsWith('CHECKED'))).toHaveLength(18);
      expect(await tab.page.getByText('First seen today').isVisible()).toBe(true);
    });

    it('checks files that are dropped, with the receipt', async () => {
      await tab.page.goto('/en/verify');
      await give(tab.page, ['ballots.txt', 'receipt.json', 'bundle.json']);
      await tab.page.getByRole('button', { name: 'Check these files' }).click();
      expect(await verdict(tab.page)).toBe('Everything that was checked holds.');
      expect(await lines(tab.page)).toContain('CHECKED your ballot is in the draw');
    });

    it('names the line that fails if one byte of ballots.txt is another', async () => {
      const list = await readFile(join(folder, 'ballots.txt'), 'utf8');
      await save(
        'flipped-ballots.txt',
        list.replace(/^(7 .{30})(.)/m, (_, before, digit) => before + flipped(digit)),
      );
      await tab.page.goto('/en/verify');
      await give(tab.page, ['bundle.json', 'flipped-ballots.txt']);
      await tab.page.getByRole('button', { name: 'Check these files' }).click();
      expect(await verdict(tab.page)).toBe('The draw does NOT verify.');
      expect((await lines(tab.page)).filter((line) => line.startsWith('FAILED'))).toEqual([
        'FAILED the list gives the sealed root: its root is not the sealed one',
      ]);
    });

    it('says what is missing, and what cannot be used', async () => {
      await save('holiday.txt', 'sun');
      await tab.page.goto('/en/verify');
      await give(tab.page, ['holiday.txt']);
      await tab.page.getByText('holiday.txt is none of the four.').waitFor();
      await tab.page.getByRole('button', { name: 'Check these files' }).click();
      await tab.page.getByText('The bundle is missing').waitFor();
    });

    it('takes files that were chosen before the page was alive', async () => {
      let arrive: () => void = () => undefined;
      const chosen = new Promise<void>((resolve) => (arrive = resolve));
      await tab.page.route('**/assets/island-*.js', async (route) => {
        await chosen;
        await route.continue();
      });
      await tab.page.goto('/en/verify', { waitUntil: 'commit' });
      await give(tab.page, ['holiday.txt']);
      arrive();
      await tab.page.getByText('holiday.txt is none of the four.').waitFor();
      await tab.page.unrouteAll();
    });

    it('says why a day cannot be checked', async () => {
      await tab.page.goto('/en/verify?date=2020-02-02');
      await tab.page.getByRole('button', { name: 'Check in this browser' }).click();
      expect(await verdict(tab.page)).toMatch(/^The check could not begin: .*2020-02-02/);
      tab.faults.length = 0; // The console notes the answer 404 as an error.
    });

    it('speaks Spanish, and shows the lines of the command line as they are', async () => {
      await tab.page.goto('/es/verify');
      await tab.page.getByRole('button', { name: 'Comprobar en este navegador' }).click();
      expect(await verdict(tab.page)).toBe('Todo lo que se comprobó es correcto.');
      expect((await lines(tab.page))[0]).toBe('COMPROBADO el paquete está completo y bien formado');
      await tab.page.getByText('como las muestra la línea de comandos').click();
      expect((await tab.page.locator('.verify-outcome pre').innerText()).split('\n')).toEqual(expected);
    });

    it('remembers the key, and shouts when it has changed', async () => {
      await tab.page.goto('/en/verify');
      await tab.page.getByText('First seen today').waitFor();
      await tab.page.evaluate(`localStorage.setItem('verifier-keys', JSON.stringify([
        { key: 'lottery.test+00000000+AAAA', since: '2026-01-31' }]))`);
      await tab.page.reload();
      const alarm = tab.page.getByRole('alert');
      expect(await alarm.innerText()).toMatch(
        /THE KEY HAS CHANGED[^]*January 31, 2026[^]*lottery\.test\+00000000\+AAAA/,
      );
      await alarm.getByRole('button').click();
      await tab.page.reload();
      await tab.page.getByText('First seen today').waitFor();
      await tab.page.getByRole('button', { name: 'Check in this browser' }).click();
      expect(await verdict(tab.page)).toBe('Everything that was checked holds.');
    });
  });

  describe('on the page of the lottery', () => {
    it('checks at one press, or at a key', async () => {
      for (const press of ['Enter', ' ']) {
        await tab.page.goto(`/en/lottery/${date}`);
        await tab.page.getByRole('button', { name: 'Check in this browser' }).focus();
        await tab.page.keyboard.press(press);
        expect(await verdict(tab.page)).toBe('Everything that was checked holds.');
        expect(await lines(tab.page)).toEqual(expected);
      }
    });
  });

  describe('with the page that is one file', () => {
    const address = () => `${site.origin}/verifier.html`;

    it('has the SHA-256 that the page shows', async () => {
      await tab.page.goto('/en/verify');
      const shown = await tab.page.locator('code.sha256').innerText();
      expect(
        createHash('sha256')
          .update(await downloaded('/verifier.html'))
          .digest('hex'),
      ).toBe(shown);
    });

    it('checks from a disk, offline', async () => {
      await save('verifier.html', await downloaded('/verifier.html'));
      await tab.context.setOffline(true);
      await checkIn(`file://${join(folder, 'verifier.html')}`);
      await tab.page.getByText('You opened this page from your disk').waitFor();
    });

    it('checks where it is served', async () => {
      await checkIn(address());
      await tab.page.getByText('This page came from a server').waitFor();
    });

    it('has both languages', async () => {
      await tab.page.goto(address());
      await tab.page.getByRole('button', { name: 'Español' }).click();
      await tab.page.getByRole('heading', { name: 'Comprueba tú el sorteo' }).waitFor();
      expect(await tab.page.locator('html').getAttribute('lang')).toBe('es');
    });

    async function checkIn(url: string): Promise<void> {
      await tab.page.goto(url);
      await give(tab.page, ['bundle.json', 'ballots.txt', 'receipt.json']);
      await tab.page.getByLabel('Verifier key').fill((await readFile(join(folder, 'key.txt'), 'utf8')).trim());
      await tab.page.getByRole('button', { name: 'Check these files' }).click();
      expect(await verdict(tab.page)).toBe('Everything that was checked holds.');
      expect(await lines(tab.page)).toContain('CHECKED your ballot is in the draw');
      tab.faults.splice(0, Infinity, ...tab.faults.filter((fault) => fault !== `request: ${url}`));
    }
  });

  function give(page: Page, names: string[]): Promise<void> {
    return page.getByLabel('Drop bundle.json').setInputFiles(names.map((name) => join(folder, name)));
  }

  async function save(name: string, content: string): Promise<void> {
    await writeFile(join(folder, name), content);
  }

  async function downloaded(path: string): Promise<string> {
    const response = await fetch(site.origin + path);
    expect(response.status).toBe(200);
    return response.text();
  }
});

async function verdict(page: Page): Promise<string> {
  return (await page.locator('.verdict').innerText()).trim();
}

async function lines(page: Page): Promise<string[]> {
  return page.locator('.proof-lines li').allInnerTexts();
}

function flipped(digit: string): string {
  return digit === '0' ? '1' : '0';
}
