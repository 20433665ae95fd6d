import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Violations of WCAG 2.2 A and AA and of axe's best practices, each with the elements that are at fault. */
export async function accessFaults(page: Page): Promise<string[]> {
  // By the debugger's protocol, which the policy of the page does not bind.
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(`(async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).slice(0, 5).join(', '));
  })()`);
}

/** Pixels by which the page is wider than the window; elements that scroll by themselves do not count. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
