import { connect } from 'node:net';
import { addPlayer, adminBearer } from './support/players';
import { rounds } from './support/rounds';
import { CLOSE_TOKEN, startTestApp, TestApp } from './support/test-app';

/** Of all requests one in so many is sent: the words and bodies take turns, over the operations each has its own. */
const STRIDE = rounds({ few: 5, all: 1 });

interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete' | 'patch';
  readonly path: string;
  readonly body: boolean;
}

const WORDS = [
  '',
  ' ',
  '%00',
  '%ff',
  '%F0%9F%8E%B0',
  '..%2f..%2fetc%2fpasswd',
  '%27%20or%201=1--',
  'null',
  '2026-02-30',
  '2026-13-01',
  '0000-00-00',
  '0000-01-01',
  '0001-01-01',
  '9999-12-30',
  '9999-12-31',
  '99999-01-01',
  '-1',
  '1e3',
  '9007199254740993',
  '019a0000-0000-7000-8000-00000000000g',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(199),
  'x'.repeat(5_000),
];

const BODIES: [string, string][] = [
  ['application/json', '{'],
  ['application/json', '[]'],
  ['application/json', 'null'],
  ['application/json', '"text"'],
  ['application/json', '7'],
  ['application/json', '{"__proto__":{"admin":true}}'],
  ['application/json', '{"constructor":{"prototype":{}}}'],
  ['application/json', '{"username":"\\u0000abc","password":"\\ud800 lone surrogate"}'],
  [
    'application/json',
    '{"username":{"$ne":1},"password":["a"],"name":7,"email":false,"refreshToken":{},"date":[],"role":1}',
  ],
  [
    'application/json',
    `{"username":"${'a'.repeat(2_000)}","password":"${'b'.repeat(2_000)}","reason":"${'c'.repeat(5_000)}"}`,
  ],
  ['application/json', `{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`],
  ['application/json', `{"reason":"${'x'.repeat(100_000)}"}`],
  ['application/json; charset=utf-16', '{}'],
  ['application/json', '\ufeff{}'],
  ['text/plain', 'hello'],
  ['application/xml', '<a/>'],
  ['multipart/form-data; boundary=x', '--x--'],
  ['nonsense', '{}'],
];

describe('bad input', () => {
  let app: TestApp;
  let operations: Operation[];
  let bearers: string[];

  beforeAll(async () => {
    app = await startTestApp();
    const document = (await app.request().get('/openapi.json').expect(200)).body as {
      paths: Record<string, Record<string, { requestBody?: unknown }>>;
    };
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method as Operation['method'],
        path,
        body: operation.requestBody !== undefined,
      })),
    );
    bearers = ['', (await addPlayer(app)).bearer, await adminBearer(app)];
  });

  afterAll(() => app.close());

  let turn = 0;
  const isDue = () => turn++ % STRIDE === 0;

  const send = ({ method }: Operation, path: string, bearer: string) => {
    const request = app.request()[method](path).set('x-internal-token', CLOSE_TOKEN);
    return bearer === '' ? request : request.set('authorization', bearer);
  };

  /** A refusal is a problem with a listed code; an answer of ours is never a 500. */
  function check(what: string, answer: { status: number; headers: unknown; text: string }): void {
    expect([what, answer.status >= 500]).toEqual([what, false]);
    if (answer.status < 400) return;
    const { 'content-type': type } = answer.headers as Record<string, string>;
    expect([what, type]).toEqual([what, 'application/problem+json; charset=utf-8']);
    expect([what, JSON.parse(answer.text)]).toEqual([
      what,
      expect.objectContaining({ code: expect.stringMatching(/^[a-z]+\.[a-z-]+$/) as string, status: answer.status }),
    ]);
  }

  it('knows all its routes', () => {
    expect(operations.length).toBeGreaterThan(20);
  });

  it('is refused in every path parameter', async () => {
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      for (const word of WORDS) {
        const path = operation.path.replaceAll(/\{[^}]+\}/g, word);
        for (const bearer of bearers) {
          if (isDue()) check(`${operation.method} ${path}`, await send(operation, path, bearer));
        }
      }
    }
  }, 120_000);

  it('is refused in every query', async () => {
    for (const operation of operations) {
      const path = operation.path.replaceAll(/\{[^}]+\}/g, '2026-11-21');
      for (const word of WORDS) {
        if (!isDue()) continue;
        const query = ['limit', 'cursor', 'state', 'date', 'early', 'x'].map((name) => `${name}=${word}`).join('&');
        check(`${operation.method} ${path}?${query}`, await send(operation, `${path}?${query}`, bearers[2] as string));
        const twice = `${path}?limit=${word}&limit=1&cursor[a]=${word}&cursor[]=${word}`;
        check(`${operation.method} ${twice}`, await send(operation, twice, bearers[2] as string));
      }
    }
  }, 120_000);

  it('is refused in every body', async () => {
    for (const operation of operations.filter(({ method }) => method !== 'get')) {
      const path = operation.path.replaceAll(/\{[^}]+\}/g, '019a0000-0000-7000-8000-000000000000');
      for (const [type, body] of BODIES) {
        if (!isDue()) continue;
        const answer = await send(operation, path, bearers[2] as string)
          .set('content-type', type)
          .send(body);
        check(`${operation.method} ${path} ${type} ${body.slice(0, 60)}`, answer);
        if (operation.body) expect([path, type, body.slice(0, 60), answer.status]).not.toContain(201);
      }
    }
  }, 120_000);

  it('is refused in the Authorization header', async () => {
    for (const bearer of [
      'Bearer',
      'Bearer ',
      'Basic eDp5',
      'Bearer a.b.c',
      'bearer x',
      `Bearer ${'x'.repeat(7_000)}`,
    ]) {
      const answer = await app.request().get('/users/me').set('authorization', bearer);
      check(bearer.slice(0, 20), answer);
      expect(answer.status).toBe(401);
    }
  });

  it('is refused where it is no HTTP at all', async () => {
    const { port } = new URL(app.url);
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('GARBAGE\r\n\r\n'));
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => {
        resolve(text);
      });
      socket.on('error', reject);
    });
    expect(answer).toContain('HTTP/1.1 400');
    expect(answer).toContain('http.bad-request');
  });

  it('reports every fault of a body at once, with its place', async () => {
    const { body } = await app
      .request()
      .post('/auth/register')
      .send({ username: 'x', password: 7, admin: true })
      .expect(400);
    const { errors } = body as { errors: { pointer: string }[] };
    expect(new Set(errors.map(({ pointer }) => pointer))).toEqual(new Set(['/username', '/password', '/admin']));
  });
});
