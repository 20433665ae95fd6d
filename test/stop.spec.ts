import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processesOn } from './platform/embedded-postgres/embedded-postgres.processes';
import { buildService, startService } from './support/service-process';
import { until } from './support/until';

/** After that, orchestrators kill. */
const PATIENCE_MS = 30_000;

describe('a service that is told to stop', () => {
  let dataDir: string;

  beforeAll(buildService, 120_000);

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'lottery-stop-'));
    // Where root starts the service, somebody else runs its database.
    await chmod(dataDir, 0o755);
  });

  afterEach(async () => {
    signalAll('SIGCONT');
    // Without the service they end by themselves.
    await until(() => processesOn(dataDir).length === 0);
    await rm(dataDir, { recursive: true });
  });

  const signalAll = (signal: NodeJS.Signals) => {
    for (const pid of processesOn(dataDir)) process.kill(pid, signal);
  };

  it('has stopped before it is killed, also where its database does not stop', async () => {
    // Variables of libpq are for another server: they must not reach the embedded one.
    const libpq = { PGSSLMODE: 'require', PGSSLNEGOTIATION: 'direct', PGOPTIONS: '-c no_such_setting=1', PGPORT: '1' };
    const service = await startService({ DATA_DIR: dataDir, ...libpq });
    signalAll('SIGSTOP');
    const killed = setTimeout(() => service.child.kill('SIGKILL'), PATIENCE_MS);
    expect(await service.stop()).toBe(1);
    clearTimeout(killed);
    expect(service.output()).toContain('Something is still under way after 28 s; it is cut off.');
  });
});
