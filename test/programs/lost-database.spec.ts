import { chmod, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processesOn } from '../platform/embedded-postgres/embedded-postgres.processes';
import { buildService, ServiceProcess, startService } from '../support/service-process';
import { until } from '../support/until';

describe('a service whose embedded PostgreSQL is killed', () => {
  let dataDir: string;
  let service: ServiceProcess;

  beforeAll(async () => {
    await buildService();
    dataDir = await mkdtemp(join(tmpdir(), 'lottery-lost-'));
    // Where root starts the service, somebody else runs its database.
    await chmod(dataDir, 0o755);
    service = await startService({ DATA_DIR: dataDir });
  }, 120_000);

  afterAll(async () => {
    await service.stop('SIGKILL');
    await until(() => processesOn(dataDir).length === 0);
    await rm(dataDir, { recursive: true });
  });

  const pgdata = () => join(dataDir, 'postgres/cluster/pgdata');
  const kill = async () => {
    const [pid] = (await readFile(join(pgdata(), 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
  };

  it('is ready again within seconds, without being started again', async () => {
    await kill();
    await until(async () => (await service.request().get('/health/ready')).status === 503, 5_000);
    await until(async () => (await service.request().get('/health/ready')).status === 200, 10_000);
    const somebody = { username: 'somebody', password: 'correct horse battery' };
    await service.request().post('/auth/register').send(somebody).expect(201);
    expect(service.output()).toContain('its keeper starts it again');
  });

  it('ends with the reason where PostgreSQL does not start again', async () => {
    await rename(join(pgdata(), 'global/pg_control'), join(dataDir, 'pg_control'));
    const exited = once(service.child, 'exit');
    await kill();
    expect(await exited).toEqual([1, null]);
    expect(service.output()).toMatch(/The service ends\. The embedded PostgreSQL does not start again[^]*pg_control/);
  });
});
