import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestApp, TestApp } from './support/test-app';

const CODE = /\bcode(?: =|:) '([a-z]+\.[a-z-]+)'/g;

function codesInSource(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) =>
    [...readFileSync(join('src', file), 'utf8').matchAll(CODE)].map(([, code]) => code ?? ''),
  );
}

describe('docs/problems.md', () => {
  const listed = [...readFileSync('docs/problems.md', 'utf8').matchAll(/^## (.+)$/gm)].map(([, code]) => code ?? '');

  it('lists every code of the source, and no other, once', () => {
    expect(listed.toSorted()).toEqual(codesInSource().toSorted());
    expect(new Set(listed).size).toBe(listed.length);
  });

  describe('as the service shows it', () => {
    let app: TestApp;
    beforeAll(async () => (app = await startTestApp()));
    afterAll(() => app.close());

    it('has a page for the type of each problem', async () => {
      for (const code of listed) {
        const { text, headers } = await app.request().get(`/problems/${code}`).expect(200);
        expect(text.startsWith(`## ${code}\n`)).toBe(true);
        expect(headers['content-type']).toContain('text/markdown');
      }
      await app.request().get('/problems').expect(200);
    });

    it('tells an unknown code', async () => {
      const { body } = await app.request().get('/problems/lottery.lost').expect(404);
      expect(body).toMatchObject({ code: 'problem.not-found', type: '/problems/problem.not-found' });
    });

    it('gives each refusal a type that can be read, an instance and no more than it must', async () => {
      const { body, headers } = await app.request().get('/lotteries/2091-01-01').expect(404);
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(body).toEqual({
        type: '/problems/lottery.not-found',
        title: 'lottery not found',
        status: 404,
        detail: 'There is no lottery of 2091-01-01.',
        code: 'lottery.not-found',
        instance: expect.stringMatching(/^urn:request:[0-9a-f-]{36}$/) as string,
      });
      await app
        .request()
        .get((body as { type: string }).type)
        .expect(200);
    });
  });
});
