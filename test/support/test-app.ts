import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { createApp } from '../../src/create-app';
import { APP_ROLE } from '../../src/platform/database/app-role';
import type { CompleteConfig } from '../../src/programs/config';
import { letCloseAhead } from './close-ahead';
import { completeConfigFrom } from './complete-config';
import { readContract, watchAnswers } from './contract-watch';
import { createTestDatabase, TestDatabase } from './test-database';

export const CLOSE_TOKEN = 'f00dfeedf00dfeedf00dfeedf00dfeed';
export const ADMIN = { username: 'admin', password: 'correct horse battery' };

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly config: CompleteConfig;
  readonly database: TestDatabase;
  /** Base URL on the loopback interface. */
  readonly url: string;
  request(): ReturnType<typeof supertest>;
  close(): Promise<void>;
}

export function testConfig(databaseUrl: string, overrides: Record<string, string> = {}): CompleteConfig {
  const config = completeConfigFrom({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    INTERNAL_CLOSE_TOKEN: CLOSE_TOKEN,
    ADMIN_USERNAME: ADMIN.username,
    ADMIN_PASSWORD: ADMIN.password,
    ORIGIN: 'lottery.test',
    LOG_LEVEL: 'error',
    ...overrides,
  });
  return { ...config, databaseRole: APP_ROLE };
}

/** The whole service on a database of its own (or on this one), listening on a free port. */
export async function startTestApp(overrides: Record<string, string> = {}, given?: TestDatabase): Promise<TestApp> {
  const database = given ?? (await createTestDatabase());
  const config = testConfig(database.url, overrides);
  const dataSource = await database.connectAsApp();
  const app = await createApp(config, dataSource);
  letCloseAhead(app);
  const fastify = app.getHttpAdapter().getInstance();
  watchAnswers(fastify);
  await app.listen(0, '127.0.0.1');
  await readContract(fastify);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    app,
    config,
    database,
    url,
    request: () => supertest(url),
    close: async () => {
      await app.close();
      await dataSource.destroy();
      if (!given) await database.drop();
    },
  };
}
