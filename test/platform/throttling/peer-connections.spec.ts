import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { boundConnectionsOfEachPeer } from '../../../src/platform/throttling/peer-connections';
import { startTestApp } from '../../support/test-app';
import { until } from '../../support/until';

jest.mock('../../../src/platform/throttling/peer-connections', () => {
  const actual = jest.requireActual<{ boundConnectionsOfEachPeer: () => void }>(
    '../../../src/platform/throttling/peer-connections',
  );
  return { boundConnectionsOfEachPeer: jest.fn(actual.boundConnectionsOfEachPeer) };
});

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

describe.each([
  ['0', [[expect.anything(), 4_096]]],
  ['1', []],
])('a service behind %s proxies', (hops, expected) => {
  it('bounds the connections of each peer if the peers are the clients', async () => {
    const bounding = jest.mocked(boundConnectionsOfEachPeer).mockClear();
    const app = await startTestApp({ TRUST_PROXY_HOPS: hops });
    expect(bounding.mock.calls).toEqual(expected);
    await app.close();
  });
});
