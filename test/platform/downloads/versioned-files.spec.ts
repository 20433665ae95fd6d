import Fastify, { FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { get, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { boundDownloads } from '../../../src/platform/downloads/downloads';
import { sendVersionedJson } from '../../../src/platform/downloads/versioned-files';
import { until } from '../../support/until';

const PIECE = 'x'.repeat(200_000);

describe('a file in pieces', () => {
  let fastify: FastifyInstance;
  let count: number;
  let underWay: number;
  let begun: number;

  async function* pieces() {
    begun++;
    underWay++;
    try {
      for (let i = 0; i < count; i++) yield await Promise.resolve(PIECE);
    } finally {
      underWay--;
    }
  }

  beforeAll(async () => {
    fastify = Fastify();
    boundDownloads(fastify);
    fastify.get('/file', async (request, reply) => {
      await sendVersionedJson(request, reply, { version: '1', pieces: pieces() }, false);
      return reply;
    });
    // Its client is gone before anything is sent.
    fastify.get('/unread', async (request, reply) => {
      async function* first() {
        for await (const piece of pieces()) {
          request.raw.socket.destroy();
          await once(reply.raw, 'close');
          yield piece;
        }
      }
      await sendVersionedJson(request, reply, { version: '1', pieces: first() }, false);
      return reply;
    });
    await fastify.listen({ host: '127.0.0.1', port: 0 });
  });
  beforeEach(() => ([begun, underWay, count] = [0, 0, 100]));
  afterAll(() => fastify.close());

  const address = (path: string) => `http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}${path}`;

  it('is whole', async () => {
    count = 3;
    expect((await (await fetch(address('/file'))).text()) === PIECE.repeat(3)).toBe(true);
    expect(underWay).toBe(0);
  });

  it('may be empty', async () => {
    count = 0;
    expect(await (await fetch(address('/file'))).text()).toBe('');
  });

  it('is not kept by a request for its headers', async () => {
    expect((await fetch(address('/file'), { method: 'HEAD' })).status).toBe(200);
    expect(begun).toBe(1);
    await until(() => underWay === 0, 1_000);
  });

  it('is not kept for a client that leaves it half read', async () => {
    const request = get(address('/file')).on('error', () => undefined);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.on('error', () => undefined);
    await once(response, 'data');
    request.destroy();
    await until(() => underWay === 0, 1_000);
    expect(begun).toBe(1);
  });

  it('is not kept for a client that is gone before its first piece', async () => {
    const request = get(address('/unread'));
    await once(request, 'error');
    expect(begun).toBe(1);
    await until(() => underWay === 0, 1_000);
  });
});
