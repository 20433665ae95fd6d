import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { listenOnOtherAddresses } from '../../../src/platform/http/http-server';
import { sendRaw } from '../../support/raw-request';
import { startTestApp, TestApp } from '../../support/test-app';

const request = (line: string, headers: readonly string[] = [], body = ''): string =>
  [`${line} HTTP/1.1`, 'Host: lottery.test', 'Connection: close', ...headers, '', body].join('\r\n');
const json = (body: string, ...headers: readonly string[]): string =>
  request('POST /auth/login', ['Content-Type: application/json', ...headers], body);
const x = (length: number): string => 'x'.repeat(length);

const LARGE = JSON.stringify({ username: x(20_000) });
const HAS_IPV6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

/** Whatever the layer that refuses it: Node's parser, Node's server, Fastify, or the service. */
const REFUSED: readonly [string, string, number, string][] = [
  ['no HTTP', 'GARBAGE\r\n\r\n', 400, 'http.bad-request'],
  ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400, 'http.bad-request'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'http.bad-request'],
  ['an unknown method', request('FROB /lotteries'), 400, 'http.bad-request'],
  ['CONNECT', request('CONNECT lottery.test:80'), 400, 'http.bad-request'],
  ['no Host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'http.bad-request'],
  ['two lengths', json('{}', 'Content-Length: 2', 'Content-Length: 3'), 400, 'http.bad-request'],
  [
    'a length and chunks',
    json('0\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    400,
    'http.bad-request',
  ],
  ['a chunk of no size', json('zz\r\n', 'Transfer-Encoding: chunked'), 400, 'http.bad-request'],
  ['a header with a control character', request('GET /lotteries', ['X-A: a\x01b']), 400, 'http.bad-request'],
  ['a broken URL', request('GET /lotteries/%zz'), 400, 'http.bad-request'],
  ['a URL of 2,049 characters', request(`GET /lotteries?x=${x(2_049 - 13)}`), 414, 'http.uri-too-long'],
  ['a path with a part of 201 characters', request(`GET /lotteries/${x(201)}`), 414, 'http.uri-too-long'],
  ['a URL of 17,000 characters', request(`GET /lotteries?${x(17_000)}`), 431, 'http.headers-too-large'],
  ['a header of 17,000 characters', request('GET /lotteries', [`X-A: ${x(17_000)}`]), 431, 'http.headers-too-large'],
  [
    'a thousand headers',
    request(
      'GET /lotteries',
      Array.from({ length: 1_000 }, (_, i) => `X-${i}: ${x(20)}`),
    ),
    431,
    'http.headers-too-large',
  ],
  ['a body of 20,000 bytes', json(LARGE, `Content-Length: ${LARGE.length}`), 413, 'http.body-too-large'],
  ['a body that is announced too large', json('', 'Content-Length: 999999999999'), 413, 'http.body-too-large'],
  [
    'chunks of 20,000 bytes together',
    json(`${LARGE.length.toString(16)}\r\n${LARGE}\r\n0\r\n\r\n`, 'Transfer-Encoding: chunked'),
    413,
    'http.body-too-large',
  ],
  [
    'a chunk with 20,000 bytes of extensions',
    json(`1;${x(20_000)}\r\n`, 'Transfer-Encoding: chunked'),
    413,
    'http.body-too-large',
  ],
  [
    'another type of body',
    request('POST /auth/login', ['Content-Length: 3'], 'a=b'),
    415,
    'http.unsupported-media-type',
  ],
  ['broken JSON', json('{', 'Content-Length: 1'), 400, 'http.bad-request'],
  ['an unknown expectation', json('{}', 'Content-Length: 2', 'Expect: tea'), 417, 'http.expectation-failed'],
  ['an unknown route', request('GET /nowhere'), 404, 'http.not-found'],
  ['a method that the route has not', request('DELETE /lotteries'), 404, 'http.not-found'],
];

describe('what HTTP itself refuses', () => {
  const listed = readFileSync('docs/problems.md', 'utf8');
  let test: TestApp;
  let port: number;

  beforeAll(async () => {
    test = await startTestApp();
    port = Number(new URL(test.url).port);
  });
  afterAll(() => test.close());

  it.each(REFUSED)('is a problem with a stable code: %s', async (_, bytes, status, code) => {
    const answer = await sendRaw(port, bytes);
    expect({ status: answer?.status, type: answer?.headers['content-type'] }).toEqual({
      status,
      type: 'application/problem+json; charset=utf-8',
    });
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ code, status, type: `/problems/${code}` });
    expect(listed).toContain(`\n## ${code}\n`);
  });

  it.each([
    ['a URL of 2,048 characters', request(`GET /lotteries?x=${x(2_048 - 13)}`), 400],
    ['a header of 15,000 characters', request('GET /lotteries', [`X-A: ${x(15_000)}`]), 200],
    ['Expect: 100-continue', json('{}', 'Content-Length: 2', 'Expect: 100-continue'), 100],
    ['HTTP/1.0 without Host', 'GET /health/live HTTP/1.0\r\n\r\n', 200],
    ['an upgrade that we do not offer', request('GET /health/live', ['Upgrade: websocket']), 200],
  ])('is not: %s', async (_, bytes, status) => {
    expect((await sendRaw(port, bytes))?.status).toBe(status);
  });

  it('reaches no use case: after all of it the service answers as before', async () => {
    for (const [, bytes] of REFUSED) await sendRaw(port, bytes);
    await test.request().get('/lotteries').expect(200);
  });

  (HAS_IPV6 ? it : it.skip)(
    'is a problem on every address that localhost has, and all else is served there',
    async () => {
      await listenOnOtherAddresses(test.app.getHttpServer(), [
        { address: '127.0.0.1', family: 4 },
        { address: '192.0.2.1', family: 4 },
        { address: '::1', family: 6 },
      ]);
      for (const host of ['127.0.0.1', '::1']) {
        const broken = await sendRaw(port, 'GARBAGE\r\n\r\n', host);
        expect([host, JSON.parse(broken?.body ?? '{}')]).toEqual([
          host,
          expect.objectContaining({ code: 'http.bad-request' }),
        ]);
        expect([host, (await sendRaw(port, request('GET /lotteries'), host))?.status]).toEqual([host, 200]);
      }
    },
  );

  it('carries the headers that keep browsers safe, also on refusals', async () => {
    for (const path of ['/lotteries', '/nowhere', '/users/me', '/docs']) {
      const { headers } = await test.request().get(path);
      expect([path, headers]).toEqual([
        path,
        expect.objectContaining({
          'content-security-policy': expect.stringContaining("default-src 'self'") as string,
          'strict-transport-security': expect.stringContaining('max-age=') as string,
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'SAMEORIGIN',
          'referrer-policy': 'no-referrer',
        }),
      ]);
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });
});
