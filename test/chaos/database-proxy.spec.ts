import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';
import { pause } from '../support/pause';
import { until } from '../support/until';
import { DatabaseProxy } from './support/database-proxy';
import { Scene, strike } from './support/faults';

const MOMENT_MS = 150;

/** One end of a connection, and what happens to it. */
class End {
  heard = '';
  closed = false;

  constructor(readonly socket: Socket) {
    socket.on('data', (piece: Buffer) => (this.heard += piece.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => (this.closed = true));
  }

  say(text: string): void {
    this.socket.write(text);
  }
}

describe('the network between service and database', () => {
  let server: Server;
  let proxy: DatabaseProxy;
  const databases: End[] = [];

  beforeEach(async () => {
    databases.length = 0;
    server = createServer((socket) => databases.push(new End(socket))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await DatabaseProxy.listen((server.address() as AddressInfo).port);
  });

  afterEach(() => {
    proxy.close();
    server.close();
  });

  /** Both ends of a new connection, which has carried a word in either direction. */
  async function connected(): Promise<[service: End, database: End]> {
    const known = databases.length;
    const service = new End(connect(proxy.port, '127.0.0.1'));
    service.say('a');
    await until(() => databases[known]?.heard === 'a');
    const database = databases[known]!;
    database.say('b');
    await until(() => service.heard === 'b');
    return [service, database];
  }

  it('carries words and goodbyes', async () => {
    const [service, database] = await connected();
    service.socket.end('c');
    await until(() => database.closed && service.closed);
    expect(database.heard).toBe('ac');
  });

  it('tells both ends of a cut', async () => {
    const [service, database] = await connected();
    proxy.cut();
    await until(() => service.closed && database.closed);
    await connected();
  });

  it('carries everything later, in order, while there is a delay', async () => {
    const [service, database] = await connected();
    proxy.delay(MOMENT_MS);
    const startedMs = performance.now();
    service.say('c');
    await pause(20);
    service.say('d');
    await until(() => database.heard === 'acd');
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(MOMENT_MS);
    proxy.heal();
    service.say('e');
    await until(() => database.heard === 'acde');
  });

  it('carries nothing through a black hole, and everything afterwards', async () => {
    const [service, database] = await connected();
    proxy.blackHole();
    service.say('c');
    service.socket.end();
    const late = new End(connect(proxy.port, '127.0.0.1'));
    late.say('l');
    await pause(MOMENT_MS);
    expect([database.heard, database.closed, databases.length]).toEqual(['a', false, 1]);
    proxy.heal();
    await until(() => database.heard === 'ac' && database.closed && databases[1]?.heard === 'l');
  });

  it.each([
    ['service', true, false],
    ['database', false, true],
    ['nobody', false, false],
  ] as const)(
    'tells %s of connections that are half open, and takes new ones',
    async (told, serviceEnds, databaseEnds) => {
      const [service, database] = await connected();
      proxy.halfOpen(told);
      service.say('c');
      database.say('d');
      await pause(MOMENT_MS);
      expect([service.closed, database.closed]).toEqual([serviceEnds, databaseEnds]);
      expect([service.heard, database.heard]).toEqual(['b', 'a']);
      service.socket.destroy();
      await pause(MOMENT_MS);
      expect(database.closed).toBe(databaseEnds);
      await connected();
    },
  );

  it('is not struck by a fault that nobody would notice', async () => {
    const scene = { stage: { proxies: [proxy] } } as unknown as Scene;
    const cut = () => strike(scene, { kind: 'cut', replicas: [0] });
    await expect(cut()).rejects.toThrow('met no connection');
    const [service] = await connected();
    await cut();
    await until(() => service.closed);
  });
});
