import { readFileSync } from 'node:fs';
import { OpenApiDocument } from '../support/openapi-document';
import { startTestApp, TestApp } from '../support/test-app';
import { USERNAME } from '../../src/user/domain/username';

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
}

describe('the document, for generators of clients', () => {
  let document: OpenApiDocument;

  beforeAll(async () => {
    const app: TestApp = await startTestApp();
    document = (await app.request().get('/openapi.json').expect(200)).body as OpenApiDocument;
    await app.close();
  });

  /** Every object of the document, with the way to it. */
  function* parts(part: unknown, way = ''): Iterable<[string, Record<string, unknown>]> {
    if (typeof part !== 'object' || part === null || way.endsWith('/x-exact')) return;
    if (!Array.isArray(part)) yield [way, part as Record<string, unknown>];
    for (const [name, inner] of Object.entries(part)) yield* parts(inner, `${way}/${name}`);
  }
  const faulty = (isFault: (schema: Schema) => boolean): string[] =>
    [...parts(document)].filter(([way, part]) => !way.endsWith('/properties') && isFault(part)).map(([way]) => way);

  it('names the type of each enum, and the size of each integer', () => {
    expect(faulty(({ enum: values, type }) => Array.isArray(values) && type === undefined)).toEqual([]);
    const isInteger = ({ type }: Schema) => [type].flat().includes('integer');
    expect(faulty((schema) => isInteger(schema) && !/^int(32|64)$/.test(schema.format ?? ''))).toEqual([]);
  });

  it('has patterns that every engine of regular expressions reads alike', () => {
    const patterns = [...parts(document)].flatMap(([, { pattern }]) => (typeof pattern === 'string' ? [pattern] : []));
    expect(patterns.length).toBeGreaterThan(10);
    for (const pattern of patterns) {
      expect(pattern).not.toMatch(/\\p|\(\?[<!=]/);
      for (const flags of ['', 'u']) expect(() => new RegExp(pattern, flags)).not.toThrow();
    }
  });

  it('takes every username that the service takes', () => {
    const { pattern = '' } = document.components.schemas['RegisterBody']?.properties?.['username'] ?? {};
    for (let code = 1; code < 0x3000; code++) {
      const name = `ab${String.fromCodePoint(code)}`;
      if (USERNAME.test(name)) expect([name, new RegExp(pattern).test(name)]).toEqual([name, true]);
      else if (code < 128) expect([name, new RegExp(pattern).test(name)]).toEqual([name, false]);
    }
  });

  it('has a simple type for each parameter, and links that are values', () => {
    const parameters = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ parameters: all = [] }) => all),
    );
    for (const { name, schema } of parameters) expect([name, typeof schema.type]).toEqual([name, 'string']);
    const links = [...parts(document)].filter(([way]) => /\/links\/[^/]+$/.test(way));
    expect(links.length).toBeGreaterThan(10);
    for (const [way, link] of links) expect([way, typeof link['requestBody']]).toEqual([way, 'undefined']);
  });

  it('has no tag for both what is asked and what is sent: a class is made of each, and one would replace the other', () => {
    const tagsOf = (operations: object) => new Set([...parts(operations)].flatMap(([, part]) => part['tags'] ?? []));
    const asked = tagsOf(document.paths);
    const sent = [...tagsOf((document as unknown as { readonly webhooks: object }).webhooks)];
    expect(sent).toEqual(['webhook-messages']);
    expect(sent.filter((tag) => asked.has(tag))).toEqual([]);
  });

  it('has names that make no two things of one name', () => {
    const names = Object.keys(document.components.schemas);
    // Go has a constructor NewThing for each Thing.
    expect(names.filter((name) => names.includes(name.replace(/^New/, '')) && name.startsWith('New'))).toEqual([]);
    const ids = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map(({ operationId }) => [path, operationId] as const),
    );
    const odd = ids.filter(([path, id]) => !id.toLowerCase().includes(wordOf(path)));
    expect(odd).toEqual([]);
    expect(readFileSync('CHANGELOG.md', 'utf8')).toContain('poolRulesList');
  });
});

/** What an operation on this path has in its name: the first word, singular. */
function wordOf(path: string): string {
  if (path.startsWith('/pools/rules')) return 'poolrules';
  if (path.startsWith('/pools/stakes')) return 'stakes';
  if (path === '/users/me/ballots' || path.includes('/ballots')) return '';
  const [, first = ''] = path.split('/');
  return first.replace(/-.*$/, '').replace(/(ies|s)$/, '');
}
