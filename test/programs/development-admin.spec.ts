import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildService, ServiceProcess, startService } from '../support/service-process';
import { createTestDatabase, TestDatabase } from '../support/test-database';

describe('a start in development with a database of its own', () => {
  let database: TestDatabase;
  let dataDir: string;
  let service: ServiceProcess;

  beforeAll(async () => {
    await buildService();
    dataDir = await mkdtemp(join(tmpdir(), 'development-'));
    database = await createTestDatabase();
    service = await startService({ NODE_ENV: 'development', DATABASE_URL: database.url, DATA_DIR: dataDir });
  }, 120_000);

  afterAll(async () => {
    await service.stop();
    await database.drop();
    await rm(dataDir, { recursive: true });
  });

  it('has the admin whom secrets.json names, and nobody else gets the name', async () => {
    const secrets = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as Record<string, string>;
    const logIn = { username: secrets['ADMIN_USERNAME'], password: secrets['ADMIN_PASSWORD'] };
    const { body } = await service.request().post('/auth/login').send(logIn).expect(200);
    const authorization = `Bearer ${(body as { accessToken: string }).accessToken}`;
    await service.request().get('/audit').set({ authorization }).expect(200);
    await service.request().post('/auth/register').send({ username: 'admin', password: 'correct horse' }).expect(409);
  });
});
