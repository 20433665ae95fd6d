import Fastify, { FastifyInstance } from 'fastify';
import { AddressInfo, connect, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { boundDownloads, inTurns } from '../../../src/platform/downloads/downloads';
import { until } from '../../support/until';

const IN_ALL = 16;
const requestFor = (path: string, from: string) =>
  `GET ${path} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${from}\r\n\r\n`;

describe('clients that go before their download begins', () => {
  let fastify: FastifyInstance;
  let underWay: number;
  let begun: number;
  let held: (() => void)[];
  const sockets: Socket[] = [];

  async function* pieces() {
    begun++;
    underWay++;
    try {
      for (let i = 0; i < 5; i++) yield await Promise.resolve('x'.repeat(100_000));
    } finally {
      underWay--;
    }
  }

  beforeEach(async () => {
    [underWay, begun, held] = [0, 0, []];
    fastify = Fastify({ trustProxy: 1 });
    fastify.addHook('onRequest', async (request) => {
      if (request.headers['x-held'] !== undefined) await new Promise<void>((resolve) => held.push(resolve));
    });
    boundDownloads(fastify);
    fastify.get('/list', { config: { isDownload: true } }, (request, reply) =>
      reply.send(Readable.from(inTurns(request, pieces()), { objectMode: false })),
    );
    fastify.get('/never', () => new Promise(() => undefined));
    await fastify.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    fastify.server.closeAllConnections();
    await fastify.close();
  });

  const send = (text: string): Socket => {
    const socket = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    socket.write(text);
    return socket;
  };
  const connections = () => new Promise<number>((resolve) => fastify.server.getConnections((_, n) => resolve(n)));
  const statuses = () =>
    Promise.all(
      Array.from({ length: IN_ALL }, async (_, i) => {
        const { port } = fastify.server.address() as AddressInfo;
        const headers = { 'x-forwarded-for': `198.51.100.${i}` };
        const response = await fetch(`http://127.0.0.1:${port}/list`, { headers });
        await response.arrayBuffer();
        return response.status;
      }),
    );

  it('keep no place and no list for answers that waited behind another one', async () => {
    for (let i = 0; i < IN_ALL / 4; i++) {
      send(requestFor('/never', '192.0.2.1') + requestFor('/list', `192.0.2.${i}`).repeat(4));
    }
    await until(() => underWay === IN_ALL);
    for (const socket of sockets) socket.destroy();
    await until(async () => (await connections()) === 0);
    expect(await statuses()).toEqual(Array(IN_ALL).fill(200));
    await until(() => underWay === 0);
  });

  it('take none if they are gone when earlier hooks have ended', async () => {
    for (let i = 0; i < IN_ALL; i++) {
      send(requestFor('/list', `192.0.2.${i}`).replace('\r\n\r\n', '\r\nX-Held: 1\r\n\r\n'));
    }
    await until(() => held.length === IN_ALL);
    for (const socket of sockets) socket.destroy();
    await until(async () => (await connections()) === 0);
    for (const resume of held) resume();
    await new Promise(setImmediate);
    expect(begun).toBe(0);
    expect(await statuses()).toEqual(Array(IN_ALL).fill(200));
  });

  it('leave no watchers on a connection that goes on', async () => {
    const socket = send('');
    let received = '';
    socket.setEncoding('latin1').on('data', (text: string) => (received += text));
    const counts: number[] = [];
    fastify.server.on('request', ({ socket: of }) => counts.push(of.listenerCount('close')));
    for (let i = 1; i <= 3; i++) {
      socket.write(requestFor('/list', '192.0.2.1'));
      await until(() => received.endsWith('0\r\n\r\n'));
      received = '';
    }
    expect(new Set(counts).size).toBe(1);
  });
});
