import { load, render } from '../../web/server';

const asked: string[] = [];
const ask = (path: string) => {
  asked.push(path);
  return Promise.resolve({ status: 500, body: null });
};

describe.each(['en', 'es'])('pages of people, in %s', (language) => {
  it.each(['account', 'admin'])('%s have a heading, say that they wait, and hold nothing of anybody', async (page) => {
    const data = await load(page, { params: {}, query: {} }, ask);
    const html = render(page, data, { language, path: `/${page}`, publicUrl: null, assets: {} });
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).toContain('<p aria-busy="true">');
    expect(html).toContain('<noscript>');
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    expect([data, asked]).toEqual([null, []]);
  });
});
