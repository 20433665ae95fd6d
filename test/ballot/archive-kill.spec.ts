import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ArchiveBallots } from '../../src/ballot/application/archive-ballots';
import { ProveBallots } from '../../src/ballot/application/prove-ballots';
import { ArchiveCatalog } from '../../src/ballot/infrastructure/archive-catalog';
import { ArchiveFiles } from '../../src/ballot/infrastructure/archive-files';
import { ArchivedBallots } from '../../src/ballot/infrastructure/archived-ballots';
import { FileObjectStore } from '../../src/platform/objects/file-object-store';
import { TypeOrmArchivableBallots } from '../../src/ballot/infrastructure/typeorm-archivable-ballots';
import { ListFiles } from '../../src/ballot/infrastructure/list-files';
import { TypeOrmBallots } from '../../src/ballot/infrastructure/typeorm-ballots';
import { TypeOrmLogHashes } from '../../src/ballot/infrastructure/typeorm-log-hashes';
import { SettledDrawsOfOwners } from '../../src/programs/settled-draws';
import { TypeOrmUnitOfWork } from '../../src/platform/database/typeorm-unit-of-work';
import { playMonth, setClock } from '../support/old-month';
import { rounds } from '../support/rounds';
import { buildService } from '../support/service-process';
import { startTestApp } from '../support/test-app';
import { createTestDatabase, TestDatabase } from '../support/test-database';

/** Every so many points one kill. */
const STRIDE = rounds({ few: 12, all: 3 });
const AT_ONCE = 2;
const BALLOTS = 1_400;
const BEFORE = '2030-04';

describe('kill -9 while a month is being archived', () => {
  let template: TestDatabase;
  let templateName: string;
  let expected: unknown;
  /** Ballots to look for, of every log. */
  let ids: readonly string[];

  beforeAll(async () => {
    await buildService();
    template = await createTestDatabase();
    await template.setClock(new Date('2030-03-10T12:00:00Z'));
    const app = await startTestApp({}, template);
    await playMonth(app, BALLOTS);
    await setClock(app, '2030-05-02T12:00:00Z');
    await app.close();
    templateName = new URL(template.url).pathname.slice(1);
    const rows = await template.dataSource.query<{ id: string }[]>('select id from ballots where index % 70 = 0');
    ids = rows.map(({ id }) => id);
    expected = await answersOf(template.dataSource, join(tmpdir(), 'nowhere'));
    // The empty months of when the database was really made.
    await finish(template.dataSource, join(tmpdir(), 'nowhere'), '2030-03');
    await template.dataSource.destroy();
  }, 120_000);

  afterAll(async () => {
    await template.dataSource.initialize();
    await template.drop();
  });

  /** Lists, single ballots, proofs, receipts: of all draws, from wherever they are. */
  const answersOf = async (dataSource: DataSource, folder: string): Promise<unknown> => {
    const work = new TypeOrmUnitOfWork(dataSource);
    const archived = new ArchivedBallots(work, new FileObjectStore(folder));
    const files = new ListFiles(tmpdir());
    const ballots = new TypeOrmBallots(work, archived, files);
    const proofs = new ProveBallots(ballots, new TypeOrmLogHashes(work, archived));
    const draws = await dataSource.query<{ id: string; size: string }[]>(
      'select draw_id as id, size from ballot_logs order by 1',
    );
    const lists = [];
    const single = [];
    try {
      for (const { id, size } of draws) {
        const lines = [];
        for await (const piece of ballots.lines(id, Number(size))) lines.push(piece);
        lists.push(lines.join(''));
      }
      for (const id of ids) single.push(await ballots.receipt(id), await proofs.inclusion(id, null));
    } finally {
      await files.onApplicationShutdown();
    }
    return { lists, single };
  };

  /** The number of points if it lived, null if it died; throws its output if it failed. */
  const archive = (url: string, folder: string, point: number, fault = 'none'): Promise<number | null> =>
    new Promise((resolve, reject) => {
      const given = [join(__dirname, 'archiving.child.cjs'), BEFORE, folder, String(point), fault];
      const env = { PATH: process.env['PATH'], NODE_ENV: 'test', DATABASE_URL: url };
      execFile(process.execPath, given, { env }, (error, stdout, stderr) => {
        if (error?.signal === 'SIGKILL') resolve(null);
        else if (error) reject(new Error(stderr));
        else resolve(Number(stdout));
      });
    });

  /** Goes on where the dead one was. */
  const finish = async (dataSource: DataSource, folder: string, before = BEFORE): Promise<void> => {
    const session = dataSource.createQueryRunner();
    const ballots = new TypeOrmArchivableBallots(session);
    const files = new ArchiveFiles(new ArchiveCatalog(session), new FileObjectStore(folder), 15_000);
    const useCase = new ArchiveBallots(ballots, files, new SettledDrawsOfOwners(session));
    const month = new Date(`${before}-01T00:00:00Z`);
    for (const unit of await ballots.units(month)) await useCase.execute(unit, () => undefined);
    expect(await ballots.units(month)).toEqual([]);
    await session.release();
  };

  interface Outcome {
    readonly died: boolean;
    readonly points: number;
    /** What everybody was answered after the death, and after another archiver had done the rest. */
    readonly left: unknown;
    readonly ended: unknown;
    /** Whether another archiver did the rest. */
    readonly finished: boolean;
  }

  const kill = async (point: number, fault?: string): Promise<Outcome> => {
    const database = await createTestDatabase(templateName, 2);
    const folder = await mkdtemp(join(tmpdir(), 'archive-kill-'));
    try {
      const points = await archive(database.url, folder, point, fault);
      const answers = () => answersOf(database.dataSource, folder).catch((error: unknown) => String(error));
      const left = await answers();
      const finished = await finish(database.dataSource, folder).then(
        () => true,
        () => false,
      );
      return { died: points === null, points: points ?? 0, left, finished, ended: await answers() };
    } finally {
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    }
  };

  it('loses nothing, wherever it strikes, and the next archiver does the rest', async () => {
    const { points, ended } = await kill(0);
    expect(points).toBeGreaterThan(50);
    expect(ended).toEqual(expected);
    const strikes = Array.from({ length: points }, (_, i) => i + 1).filter((point) => point % STRIDE === 0);
    const killer = async (): Promise<void> => {
      for (let point = strikes.pop(); point !== undefined; point = strikes.pop()) {
        const outcome = await kill(point);
        expect([point, outcome.died, outcome.finished]).toEqual([point, true, true]);
        expect(outcome.left).toEqual(expected);
        expect(outcome.ended).toEqual(expected);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, killer));
  }, 1_200_000);

  it('would be noticed if it dropped before it archived', async () => {
    const { died, left, ended } = await kill(8, 'careless');
    expect(died).toBe(true);
    expect(left).not.toEqual(expected);
    expect(ended).not.toEqual(expected);
  });

  it('would be noticed if a file were lost with it', async () => {
    const database = await createTestDatabase(templateName, 2);
    const folder = await mkdtemp(join(tmpdir(), 'archive-kill-'));
    await finish(database.dataSource, folder);
    expect(await answersOf(database.dataSource, folder)).toEqual(expected);
    await cp(folder, `${folder}.copy`, { recursive: true, filter: (name) => !name.includes('ballots-00002') });
    jest.spyOn(Logger.prototype, 'error').mockImplementation();
    await expect(answersOf(database.dataSource, `${folder}.copy`)).rejects.toThrow('cannot be read now');
    jest.restoreAllMocks();
    await database.drop();
    for (const name of [folder, `${folder}.copy`]) await rm(name, { recursive: true });
  });
});
