import { once } from 'node:events';
import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { buildService, startService } from './support/service-process';
import { createTestDatabase, TestDatabase } from './support/test-database';
import { until } from './support/until';

/** After that, orchestrators kill. */
const PATIENCE_MS = 30_000;

describe('a service that is told to stop', () => {
  let database: TestDatabase;
  /** Whoever talks to this broker hears nothing, for ever. */
  let frozen: Server;
  let talking: Socket[];

  beforeAll(buildService, 120_000);

  beforeEach(async () => {
    database = await createTestDatabase();
    talking = [];
    frozen = createServer((socket) => talking.push(socket.on('error', () => undefined)));
    await once(frozen.listen(0, '127.0.0.1'), 'listening');
  });

  afterEach(async () => {
    for (const socket of talking) socket.destroy();
    frozen.close();
    await database.drop();
  });

  it('has stopped before it is killed, whatever does not answer', async () => {
    const { port } = frozen.address() as AddressInfo;
    const service = await startService({ DATABASE_URL: database.url, KAFKA_BROKERS: `127.0.0.1:${port}` });
    await until(() => talking.length > 0);
    const killed = setTimeout(() => service.child.kill('SIGKILL'), PATIENCE_MS);
    expect(await service.stop()).toBe(1);
    clearTimeout(killed);
    expect(service.output()).toContain('Something is still under way after 28 s; it is cut off.');
  });
});
