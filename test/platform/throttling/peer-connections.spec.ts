import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { boundConnectionsOfEachPeer } from '../../../src/platform/throttling/peer-connections';
import { until } from '../../support/until';

describe('connections of one peer', () => {
  let server: Server;
  const sockets = new Set<Socket>();

  beforeEach(async () => {
    server = createServer((_, response) => response.end('here'));
    boundConnectionsOfEachPeer(server, 3);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    server.close();
  });

  /** Whether the server responds on a new connection from this address. */
  const isServed = async (localAddress: string): Promise<boolean> => {
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
    const [answer] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [unknown];
    return Buffer.isBuffer(answer);
  };

  it('are closed at once beyond their bound; another peer is served, and so is the first once one has ended', async () => {
    const first = [await isServed('127.0.0.1'), await isServed('127.0.0.1'), await isServed('127.0.0.1')];
    expect([...first, await isServed('127.0.0.1'), await isServed('127.0.0.1')]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    if (process.platform === 'linux') expect(await isServed('127.0.0.2')).toBe(true);
    [...sockets][0]?.destroy();
    await until(() => isServed('127.0.0.1'));
  });
});
