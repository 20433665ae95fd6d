/** How soon pages are there, on a slow telephone and a slow line; see docs/benchmarks.md. Needs a Chromium. */
import type { CDPSession } from 'playwright-core';
import setUp from '../support/global-setup';
import tearDown from '../support/global-teardown';
import { ServedSite } from '../web/support/served-site';

/** A telephone of the middle class against this machine, and its line (1.6 Mbit/s down, as Lighthouse has it). */
const CPU_SLOWER = 4;
const BYTES_PER_SECOND = 1_600_000 / 8;
const ROUND_TRIP_MS = 150;
const GOALS = { lcpMs: 1_500, cls: 0.02, longTaskMs: 100 };
const RUNS = 3;
/** How long a page is watched after it was loaded. */
const WATCHED_MS = 1_000;

interface Seen {
  readonly lcpMs: number;
  readonly cls: number;
  readonly longTaskMs: number;
}

const OBSERVE = `
  globalThis.seen = { lcpMs: 0, cls: 0, longTaskMs: 0 };
  const on = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  on('largest-contentful-paint', ({ startTime }) => (seen.lcpMs = startTime));
  on('layout-shift', ({ value, hadRecentInput }) => (seen.cls += hadRecentInput ? 0 : value));
  on('longtask', ({ duration }) => (seen.longTaskMs = Math.max(seen.longTaskMs, duration)));`;

async function main(): Promise<void> {
  await setUp();
  const site = await ServedSite.start();
  try {
    await site.submit(await site.register('ann'), 1_000);
    const date = await site.closeToday();
    const pages = ['/en/', `/en/lottery/${date}`, '/en/lotteries', '/en/verify', '/en/account', '/en/how'];
    console.log(`Median of ${RUNS}: LCP <= ${GOALS.lcpMs} ms, CLS <= ${GOALS.cls}, tasks <= ${GOALS.longTaskMs} ms`);
    for (const path of pages) console.log(await measure(site, path));
  } finally {
    await site.stop();
    await tearDown();
  }
}

async function measure(site: ServedSite, path: string): Promise<string> {
  const runs: Seen[] = [];
  for (let run = 0; run < RUNS; run++) {
    const context = await site.browser.newContext({ baseURL: site.origin, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await slowDown(await context.newCDPSession(page));
    await page.addInitScript(OBSERVE);
    await page.goto(path, { waitUntil: 'load' });
    await page.waitForTimeout(WATCHED_MS);
    runs.push(await page.evaluate<Seen>('seen'));
    await context.close();
  }
  const of = (name: keyof Seen) => runs.map((run) => run[name]).sort((a, b) => a - b)[RUNS >> 1]!;
  const kept = (Object.keys(GOALS) as (keyof Seen)[]).every((name) => of(name) <= GOALS[name]);
  const figures = `LCP ${of('lcpMs').toFixed(0)} ms  CLS ${of('cls').toFixed(3)}  longest task ${of('longTaskMs')} ms`;
  return `${kept ? 'ok      ' : 'TOO SLOW'}  ${figures}  ${path}`;
}

async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: ROUND_TRIP_MS,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER });
}

void main();
