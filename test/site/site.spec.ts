import { ReadLotteries } from '../../src/lottery/application/read-lotteries';
import { HttpRefusal } from '../../src/platform/problems/http-problems';
import { close, openFreshLottery, submit } from '../support/lottery-client';
import { addPlayer } from '../support/players';
import { buildService } from '../support/service-process';
import { startTestApp, TestApp } from '../support/test-app';

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const LIMIT_PER_SECOND = 2;
/** The limit counts ten seconds together. */
const REQUESTS_ALLOWED = LIMIT_PER_SECOND * 10;

describe('the pages', () => {
  let test: TestApp;

  beforeAll(async () => {
    await buildService();
    test = await startTestApp({ SITE: 'on', PUBLIC_URL: 'https://lottery.example' });
  });
  afterAll(() => test.close());

  const page = (path: string, headers: Record<string, string> = {}) => test.request().get(path).set(HTML).set(headers);

  it('begin at the root, in the language of the reader', async () => {
    const { headers } = await page('/', { 'accept-language': 'es-MX,en;q=0.3' }).expect(302);
    expect(headers).toMatchObject({ location: '/es/', vary: expect.stringMatching(/accept-language/i) as string });
    expect((await page('/en').expect(302)).headers['location']).toBe('/en/');
  });

  it.each(['en', 'es'])('are whole in %s without a script', async (language) => {
    const { text, headers } = await page(`/${language}/`).expect(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toMatch(new RegExp(`^<!doctype html><html lang="${language}">`));
    expect(text.match(/<h1/g)).toHaveLength(1);
    expect(text).toContain(`<link rel="canonical" href="https://lottery.example/${language}/"/>`);
  });

  it('have a policy that lets nothing but our own in, and no script or style in the text', async () => {
    for (const path of ['/en/', '/en/nowhere']) {
      const { headers, text } = await page(path);
      const policy = headers['content-security-policy'] ?? '';
      for (const part of [
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]) {
        expect(policy.split(';')).toContain(part);
      }
      expect(policy).not.toContain('unsafe');
      expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?! (type="module" )?src=)/);
    }
    const { headers } = await test.request().get('/lotteries').expect(200);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
  });

  it('are asked for again each time, and are the same to the byte until something changes', async () => {
    const first = await page('/en/').expect(200);
    expect(first.headers).toMatchObject({
      'cache-control': 'public, no-cache',
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/) as string,
    });
    const etag = first.headers['etag'] as string;
    await page('/en/', { 'if-none-match': etag }).expect(304);
    await submit(test, 'today', await addPlayer(test)).expect(201);
    const { headers } = await page('/en/', { 'if-none-match': etag }).expect(200);
    expect(headers['etag']).not.toBe(etag);
  });

  it('say what is not there: to people as a page, to machines as a problem', async () => {
    const { text, headers } = await page('/en/nowhere').expect(404);
    expect([headers['content-type'], headers['cache-control']]).toEqual(['text/html; charset=utf-8', 'no-store']);
    expect(text).toContain('href="/en/"');
    await test
      .request()
      .get('/en/nowhere')
      .set('accept', '*/*')
      .expect(404)
      .expect('content-type', /problem\+json/);
    await page('/nowhere')
      .expect(404)
      .expect('content-type', /problem\+json/);
    await test
      .request()
      .post('/en/')
      .set(HTML)
      .expect(404)
      .expect('content-type', /problem\+json/);
    await page('/en/?a=1&a=2').expect(404).expect('content-type', /html/);
  });

  it('have assets for ever under their names, compressed, and nothing else there', async () => {
    const { text } = await page('/en/').expect(200);
    const urls = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, url]) => url as string);
    expect(urls.length).toBeGreaterThan(2);
    for (const url of urls) {
      const { headers } = await test.request().get(url).set('accept-encoding', 'br').expect(200);
      expect([url, headers['cache-control']]).toEqual([url, 'public, max-age=31536000, immutable']);
    }
    const css = urls.find((url) => url.endsWith('.css')) as string;
    const { headers } = await test.request().get(css).set('accept-encoding', 'br').expect(200);
    expect(headers).toMatchObject({
      'content-encoding': 'br',
      vary: expect.stringMatching(/accept-encoding/i) as string,
    });
    for (const url of [
      '/assets/gone-12345678.js',
      '/assets/../server/pages.mjs',
      '/assets/.vite/manifest.json',
      `${css}.br`,
    ]) {
      expect([url, (await test.request().get(url)).headers['cache-control']]).toEqual([url, 'no-store']);
      await test.request().get(url).expect(404);
    }
  });

  it('say that the directory comes later where the API is busy', async () => {
    const lotteries = jest.spyOn(test.app.get(ReadLotteries, { strict: false }), 'page');
    lotteries.mockRejectedValue(new HttpRefusal(503));
    const { body, headers } = await test.request().get('/sitemap.xml').expect(503);
    expect([(body as { code: string }).code, headers['retry-after']]).toEqual(['http.unavailable', '1']);
    lotteries.mockRestore();
  });

  it('tell search engines and previews where they are', async () => {
    const { text: robots } = await test.request().get('/robots.txt').expect(200);
    expect(robots).toContain('Sitemap: https://lottery.example/sitemap.xml');
    const { body, text = String(body) } = await test.request().get('/sitemap.xml').expect(200).buffer(true);
    expect(text).toContain('<loc>https://lottery.example/es/</loc>');
    await test.request().get('/favicon.svg').expect(200).expect('content-type', /svg/);
    await test.request().get('/og.png').expect(200).expect('content-type', 'image/png');
    expect((await page('/en/')).text).toContain('<meta property="og:image" content="https://lottery.example/og.png"/>');
  });
});

describe('each page', () => {
  let test: TestApp;
  let date: string;
  let ballot: string;

  beforeAll(async () => {
    test = await startTestApp({ SITE: 'on' });
    date = await openFreshLottery(test);
    await submit(test, date, await addPlayer(test)).expect(201);
    const { body } = await submit(test, date, await addPlayer(test)).expect(201);
    ballot = (body as { id: string }).id;
    await close(test, date, '&early=true').expect(200);
  });
  afterAll(() => test.close());

  const text = async (path: string) => (await test.request().get(path).set(HTML).expect(200)).text;

  it.each(['/', '/lotteries', '/pools', '/how', '/lottery/today'])('is there in both languages: %s', async (path) => {
    for (const language of ['en', 'es']) {
      const html = await text(`/${language}${path}`);
      expect([language, html.match(/<h1/g)?.length]).toEqual([language, 1]);
      expect(html).not.toMatch(/undefined|\[object|\{\w+\}(?!")/);
      expect(html).toContain(`href="/es${path}" lang="es"`);
    }
  });

  it('of a lottery has the winner, the signed notes and what it takes to check them', async () => {
    const { winner, notes } = (await test.request().get(`/lotteries/${date}`).expect(200)).body;
    const html = await text(`/en/lottery/${date}`);
    for (const part of [winner.name, winner.ballotId, winner.player]) expect(html).toContain(part);
    expect(html).toContain((notes.seal as string).split('\n')[7]);
    for (const file of ['bundle', 'ballots.txt', 'checkpoint'])
      expect(html).toContain(`href="/lotteries/${date}/${file}"`);
    expect(await text('/en/')).toContain(winner.ballotId);
    expect(await text('/en/lotteries?state=drawn')).toContain(`/en/lottery/${date}`);
  });

  it('of a lottery says whether a ballot was in it', async () => {
    const asked = async (id: string, of = date) =>
      /data-answer="(\w+)"/.exec(await text(`/en/lottery/${of}?ballot=${encodeURIComponent(id)}`))?.[1];
    expect(await asked(ballot)).toBe('found');
    expect(await asked(` ${ballot.toUpperCase()} `)).toBe('found');
    expect(await asked(ballot, 'today')).toBe('other');
    expect(await asked('0197f3a2-7b1c-7def-8123-456789abcdef')).toBe('none');
    expect(await asked('<script>alert(1)</script>')).toBe('bad');
    expect(await text(`/en/lottery/${date}?ballot=<script>`)).not.toContain('"<script');
    expect(await asked('')).toBeUndefined();
  });

  it('of a day is where the date picker leads, without a script', async () => {
    const { headers } = await test.request().get(`/es/lottery?date=${date}`).set(HTML).expect(302);
    expect(headers['location']).toBe(`/es/lottery/${date}`);
    for (const value of ['', 'x', '//evil.example', '2026-11-30/..']) {
      await test
        .request()
        .get(`/es/lottery?date=${encodeURIComponent(value)}`)
        .set(HTML)
        .expect(404);
    }
  });

  it.each([
    '/lottery/2001-01-01',
    '/lottery/never',
    '/lotteries?state=lost',
    '/lotteries?cursor=x',
    '/pools/x',
    '/pools?cursor=x',
  ])('that cannot be is a page that says so: %s', async (path) => {
    const { headers, text: html } = await test.request().get(`/en${path}`).set(HTML).expect(404);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(html).toContain('href="/en/lotteries"');
  });

  it('is small', async () => {
    for (const path of ['/', '/lotteries', `/lottery/${date}`, '/how', '/pools']) {
      expect((await text(`/es${path}`)).length).toBeLessThan(30_000);
    }
  });
});

describe('what a page asks', () => {
  let test: TestApp;

  beforeAll(async () => {
    await buildService();
    test = await startTestApp({
      SITE: 'on',
      ADDRESS_REQUESTS_PER_SECOND: String(LIMIT_PER_SECOND),
      METRICS_PORT: '0',
      TRUST_PROXY_HOPS: '1',
    });
  });
  afterAll(() => test.close());

  it('counts as one request of its reader, however much it asks the API', async () => {
    const as = (address: string, path: string) =>
      test
        .request()
        .get(path)
        .set({ ...HTML, 'x-forwarded-for': address });
    for (let i = 0; i < REQUESTS_ALLOWED; i++) await as('192.0.2.10', '/en/').expect(200);
    await as('192.0.2.10', '/en/').expect(429);
    // Another reader has a limit of its own, and so has whoever is at the address that inner calls would come from.
    await as('192.0.2.11', '/en/').expect(200);
    await as('127.0.0.1', '/lotteries').expect(200);
  });

  it('is no header that a client could send', async () => {
    const sent = { 'x-forwarded-for': '192.0.2.12', 'x-inner': '1', 'x-in-process': 'true' };
    for (let i = 0; i < REQUESTS_ALLOWED; i++) await test.request().get('/lotteries').set(sent).expect(200);
    await test.request().get('/lotteries').set(sent).expect(429);
  });
});

describe('without the pages', () => {
  it('there is the API alone', async () => {
    const test = await startTestApp();
    for (const path of ['/', '/en/', '/robots.txt', '/favicon.svg']) {
      await test
        .request()
        .get(path)
        .set(HTML)
        .expect(404)
        .expect('content-type', /problem\+json/);
    }
    await test.close();
  });
});
