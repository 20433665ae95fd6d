import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** Of each action and wait: long for a page, short for a run. */
const TIMEOUT_MS = 15_000;

export interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What a page must not do: errors, breaches of its policy, requests to elsewhere, answers of 500. */
  readonly faults: string[];
}

/** A page in a context of its own, all of whose faults are noted. `origin` is where it may send requests. */
export async function openWatched(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  context.setDefaultTimeout(TIMEOUT_MS);
  const faults: string[] = [];
  if (options.javaScriptEnabled !== false) {
    await context.exposeBinding('tellOfBreach', (_, breach: string) => void faults.push(`policy: ${breach}`));
    await context.addInitScript(`addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      tellOfBreach(violatedDirective + ' ' + blockedURI))`);
  }
  const page = await context.newPage();
  watch(page, origin, faults);
  return { context, page, faults };
}

/** For another tab of the same context. */
export function watch(page: Page, origin: string, faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && new URL(url).origin !== new URL(origin).origin) faults.push(`request: ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`answer: ${response.status()} ${response.url()}`);
  });
}
