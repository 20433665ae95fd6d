import { AskApi, PageElsewhere, PageRefused, Pages } from '../../src/site/application/pages';
import { ShowPage } from '../../src/site/application/show-page';
import { robotsOf, sitemapOf } from '../../src/site/application/sitemap';

const WANTED = {
  page: 'home',
  request: { params: {}, query: {} },
  facts: { language: 'en', path: '/', publicUrl: null },
};
const nobody: AskApi = async () => ({ status: 200, body: null, retryAfter: undefined });

function pagesThat(load: () => Promise<unknown>): Pages {
  return {
    languages: ['en'],
    routes: [],
    load,
    render: (page, data) => `${page} ${JSON.stringify(data)}`,
    places: async () => [],
  };
}

describe('show a page', () => {
  it('renders what the page has loaded', async () => {
    const show = new ShowPage(pagesThat(async () => ({ ballots: 3 })));
    expect(await show.execute(WANTED, nobody)).toEqual({ status: 200, html: 'home {"ballots":3}' });
  });

  it.each([
    [400, 404],
    [404, 404],
    [429, 429],
    [503, 503],
    [500, 500],
    [401, 500],
  ])('shows what is wrong where the API answers %i: %i', async (refused, status) => {
    const show = new ShowPage(pagesThat(() => Promise.reject(new PageRefused(refused, '7'))));
    expect(await show.execute(WANTED, nobody)).toEqual({
      status,
      html: `error {"status":${status}}`,
      retryAfter: '7',
    });
  });

  it('sends the reader to another page in the same language', async () => {
    const show = new ShowPage(pagesThat(() => Promise.reject(new PageElsewhere('/lottery/2026-11-30'))));
    expect(await show.execute(WANTED, nobody)).toMatchObject({ status: 302, location: '/en/lottery/2026-11-30' });
  });

  it('hides no defect', async () => {
    const show = new ShowPage(pagesThat(() => Promise.reject(new TypeError('a defect'))));
    await expect(show.execute(WANTED, nobody)).rejects.toThrow('a defect');
  });
});

describe('what search engines are told', () => {
  it('names each page in each language, with its translations', () => {
    const map = sitemapOf(['/', '/a?b&c'], ['en', 'es'], 'https://lottery.example');
    expect(map.match(/<loc>[^<]*/g)).toEqual([
      '<loc>https://lottery.example/en/',
      '<loc>https://lottery.example/es/',
      '<loc>https://lottery.example/en/a?b&amp;c',
      '<loc>https://lottery.example/es/a?b&amp;c',
    ]);
    expect(map.match(/hreflang="es" href="https:\/\/lottery\.example\/es\/"/g)).toHaveLength(2);
  });

  it('leads to the list of pages where strangers can find them', () => {
    expect(robotsOf('https://lottery.example')).toContain('\nSitemap: https://lottery.example/sitemap.xml\n');
    expect(robotsOf(null)).not.toContain('Sitemap');
  });
});
