import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '../../../src/data-source';
import { ensureDatabase, startEmbeddedPostgres } from '../../../src/platform/embedded-postgres/server';

const DATABASE = 'lottery';

export interface BenchDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  count(table: string): Promise<number>;
  stop(): Promise<void>;
}

/** The embedded PostgreSQL as the service starts it, durability and all, on data that is deleted afterwards. */
export async function startBenchDatabase(poolSize = 10): Promise<BenchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'lottery-bench-'));
  const server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
  await ensureDatabase(server, DATABASE);
  const url = server.url(DATABASE);
  await migrate(url);
  const dataSource = await createDataSource({ url, poolSize }).initialize();
  return {
    url,
    dataSource,
    count: async (table) => {
      const [row] = await dataSource.query<[{ count: string }]>(`select count(*) from ${table}`);
      return Number(row.count);
    },
    stop: async () => {
      await dataSource.destroy();
      await server.stop();
      await rm(server.dataDir, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
