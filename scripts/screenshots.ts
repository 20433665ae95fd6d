/** Makes the pictures of the README, docs/images/*.png: npm run screenshots. Needs a Chromium. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import setUp from '../test/support/global-setup';
import tearDown from '../test/support/global-teardown';
import { ServedSite } from '../test/web/support/served-site';

const FOLDER = 'docs/images';
/** Small, and legible where a README shows them side by side. */
const VIEWPORT = { width: 720, height: 900 };
const PEOPLE = ['ann', 'bob', 'cleo', 'dimitri', 'esra'];

async function main(): Promise<void> {
  await setUp();
  const site = await ServedSite.start();
  try {
    for (const [i, person] of PEOPLE.entries()) await site.submit(await site.register(person), 20 + 17 * i);
    const date = await site.closeToday();
    await mkdir(FOLDER, { recursive: true });
    const context = await site.browser.newContext({ baseURL: site.origin, viewport: VIEWPORT, colorScheme: 'light' });
    const page = await context.newPage();
    await page.goto('/en/', { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(FOLDER, 'home.png') });
    await page.goto(`/en/lottery/${date}`, { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Check in this browser' }).click();
    await page.locator('.proof-lines').waitFor();
    await page.locator('#check').evaluate((found) => found.scrollIntoView({ block: 'start' }));
    await page.screenshot({ path: join(FOLDER, 'verified-draw.png') });
  } finally {
    await site.stop();
    await tearDown();
  }
}

void main();
