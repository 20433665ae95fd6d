import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { answersTo, OldMonth, playMonth, questionsAbout, runArchiver, setClock } from '../support/old-month';
import { buildService } from '../support/service-process';
import { startTestApp, TestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';

/** A month that is over, not archived yet. */
export interface ArchiveStage {
  readonly folder: string;
  readonly database: TestDatabase;
  readonly app: TestApp;
  readonly month: OldMonth;
  /** What anybody can ask about the month, and the answers before it was archived. */
  readonly urls: readonly string[];
  readonly before: Readonly<Record<string, unknown>>;
  archive(...given: string[]): ReturnType<typeof runArchiver>;
  /** Counts the rows of a table, with a condition if need be. */
  count(statement: string): Promise<number>;
  /** The first file of the month's ballots, read with nothing but gunzip. */
  archivedRows(): Promise<string[]>;
  close(): Promise<void>;
}

export async function setArchiveStage(): Promise<ArchiveStage> {
  await buildService();
  const folder = await mkdtemp(join(tmpdir(), 'ballot-archive-'));
  const database = await createTestDatabase();
  await database.setClock(new Date('2030-03-10T12:00:00Z'));
  const app = await startTestApp({ ARCHIVE_DIR: folder, BALLOTS_PER_PLAYER: '100000' }, database);
  const month = await playMonth(app);
  await setClock(app, '2030-05-02T12:00:00Z');
  const urls = await questionsAbout(app, month);
  return {
    folder,
    database,
    app,
    month,
    urls,
    before: await answersTo(app, urls),
    archive: (...given) => runArchiver({ DATABASE_URL: database.url, ARCHIVE_DIR: folder }, ...given),
    async count(statement) {
      const [row] = await database.dataSource.query<[{ count: string }]>(`select count(*) from ${statement}`);
      return Number(row.count);
    },
    async archivedRows() {
      const [unit = ''] = (await readdir(folder)).filter((name) => name.startsWith('2030-03-'));
      const manifest = JSON.parse(await readFile(join(folder, unit, 'manifest.json'), 'utf8')) as {
        files: { file: string; rows: number }[];
      };
      const rows = gunzipSync(await readFile(join(folder, manifest.files[0]!.file)))
        .toString()
        .trimEnd()
        .split('\n');
      expect(rows).toHaveLength(manifest.files[0]!.rows);
      return rows;
    },
    async close() {
      await app.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
