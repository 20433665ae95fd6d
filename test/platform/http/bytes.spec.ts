import { gzipSync } from 'node:zlib';
import { sendRaw } from '../../support/raw-request';
import { startTestApp, TestApp } from '../../support/test-app';

/** What is not UTF-8 (RFC 3629), within a text. */
const NO_TEXT: readonly [string, number[]][] = [
  ['a byte of Latin-1', [0xe4]],
  ['a byte that never occurs', [0xff]],
  ['half a character', [0xf0, 0x9f, 0x98]],
  ['a continuation alone', [0x80]],
  ['a longer form than is needed', [0xc0, 0xaf]],
  ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
  ['beyond the last character', [0xf4, 0x90, 0x80, 0x80]],
];
const body = (inner: readonly number[]): Buffer =>
  Buffer.concat([
    Buffer.from('{"username":"player'),
    Buffer.from(inner),
    Buffer.from('","password":"correct horse battery"}'),
  ]);

describe('bytes from outside', () => {
  let app: TestApp;
  let port: number;

  beforeAll(async () => {
    app = await startTestApp();
    port = Number(new URL(app.url).port);
  });
  afterAll(() => app.close());

  const post = (path: string, bytes: Buffer, fields: readonly string[] = []) =>
    sendRaw(
      port,
      Buffer.concat([
        Buffer.from(
          [
            `POST ${path} HTTP/1.1`,
            'Host: a',
            'Connection: close',
            'Content-Type: application/json',
            `Content-Length: ${bytes.length}`,
            ...fields,
            '\r\n',
          ].join('\r\n'),
        ),
        bytes,
      ]),
    );
  const get = (path: string) =>
    sendRaw(port, Buffer.from(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, 'latin1'));
  const problem = (answer: { body: string } | null) => JSON.parse(answer?.body ?? '{}') as Record<string, unknown>;

  it.each(NO_TEXT)('are refused in a body if they are no text, not replaced: %s', async (_, bytes) => {
    const answer = await post('/auth/register', body(bytes));
    expect(problem(answer)).toMatchObject({
      status: 400,
      code: 'http.bad-request',
      errors: [{ pointer: '', detail: 'the body must be UTF-8' }],
    });
  });

  it('are a text of any script', async () => {
    expect((await post('/auth/register', body([...Buffer.from('äß中')])))?.status).toBe(201);
  });

  it.each(['%FF', '%E4', '%C0%AF', '%ED%A0%80', '%F0%9F%98', '%', '%4', '%zz', '\xe4', '\xc3\xa4'])(
    'are refused in a URL if they are no text, not kept: %j',
    async (text) => {
      for (const path of [`/lotteries?cursor=${text}`, `/lotteries?${text}=1`, `/lotteries/${text}`]) {
        expect([path, problem(await get(path))]).toEqual([
          path,
          expect.objectContaining({ status: 400, code: 'http.bad-request' }),
        ]);
      }
    },
  );

  it.each(['gzip', 'br', 'deflate', 'zstd', 'x-unknown', 'identity, gzip', 'GZIP'])(
    'are refused in an encoding that is not understood: %s',
    async (coding) => {
      for (const bytes of [body([]), gzipSync(body([]))]) {
        expect(problem(await post('/auth/register', bytes, [`Content-Encoding: ${coding}`]))).toMatchObject({
          status: 415,
          code: 'http.unsupported-media-type',
          errors: [{ header: 'Content-Encoding', detail: expect.any(String) as string }],
        });
      }
    },
  );

  it('are read where the encoding is none', async () => {
    for (const coding of ['identity', 'Identity']) {
      expect((await post('/auth/login', body([]), [`Content-Encoding: ${coding}`]))?.status).toBe(401);
    }
    expect((await post('/auth/logout', Buffer.alloc(0), ['Content-Encoding: gzip']))?.status).toBe(400);
  });
});
