import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import type { QueryRunner } from 'typeorm';
import type { ArchiveUnit } from '../ballot/application/archivable-ballots';
import { ArchiveBallots } from '../ballot/application/archive-ballots';
import { ArchiveCatalog } from '../ballot/infrastructure/archive-catalog';
import { ArchiveFiles } from '../ballot/infrastructure/archive-files';
import { archiveStoreOf } from '../ballot/infrastructure/archive-store';
import { TypeOrmArchivableBallots } from '../ballot/infrastructure/typeorm-archivable-ballots';
import { createDataSource } from '../data-source';
import { readConfig } from '../platform/config/config';
import { ARCHIVE_LOCK } from '../platform/database/advisory-locks';
import { examineDatabase } from '../platform/database/examine-database';
import { Config, SECTIONS } from './config';
import { configuredDatabase } from './configured-database';
import { SettledDrawsOfOwners } from './settled-draws';
import { EXIT, Misuse, print, runProgram } from './terminal';

const HELP = `Moves the ballots of old months from the database to the archive. The service still answers requests about
those months, from the archive, and may run meanwhile.

  npm run archive -- --before <YYYY-MM> [--dry-run]

--before   the months before this one, by the opening of their draws; this month at most
--dry-run  shows what would be archived

Nothing leaves the database before it has been read back and yields the sealed root of each draw. After an interruption,
run it again: it continues. ARCHIVE_URL or ARCHIVE_DIR names the archive (.env.example); the service needs the same
setting, and all its processes the same folder.

Exit codes: 0   everything is archived
            1   a failure
            2   wrong arguments
            3   a month has draws that are neither drawn nor void
            75  another archiver is running
`;

/** Returns the exit code. */
async function archive(): Promise<number> {
  const { values } = readArguments();
  if (values.help) {
    print(HELP);
    return EXIT.DONE;
  }
  const before = monthOf(values.before);
  const config = readConfig(SECTIONS);
  return withSession(config, async (session) => {
    const [{ now }] = (await session.query('select database_time() as now')) as [{ now: Date }];
    if (before > now) throw new Misuse('--before: a month that is not over cannot be archived');
    const [{ alone }] = (await session.query('select pg_try_advisory_lock($1) as alone', [ARCHIVE_LOCK])) as [
      { alone: boolean },
    ];
    if (!alone) {
      print('Another archiver is at work.');
      return EXIT.BUSY;
    }
    return archiveBefore(before, config, session, values['dry-run']);
  });
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        before: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : 'wrong arguments');
  }
}

function monthOf(text: string | undefined): Date {
  if (text === undefined || !/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new Misuse('say --before <YYYY-MM>');
  return new Date(`${text}-01T00:00:00Z`);
}

/** Works on one connection: if it is lost, so are the lock and the right to continue. */
async function withSession(config: Config, work: (session: QueryRunner) => Promise<number>): Promise<number> {
  // As the owner of the tables: the service itself may not drop anything.
  const { url, stop } = await configuredDatabase(config.DATABASE_OWNER_URL ?? config.DATABASE_URL, config);
  const { schema } = await examineDatabase(url);
  const dataSource = createDataSource({ url, poolSize: 1, isPatient: true, schema });
  try {
    await dataSource.initialize();
    const session = dataSource.createQueryRunner();
    return await work(session).finally(() => session.release());
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await stop();
  }
}

async function archiveBefore(before: Date, config: Config, session: QueryRunner, isDry: boolean): Promise<number> {
  const ballots = new TypeOrmArchivableBallots(session);
  const store = archiveStoreOf(config, config);
  const files = new ArchiveFiles(new ArchiveCatalog(session), store);
  const useCase = new ArchiveBallots(ballots, files, new SettledDrawsOfOwners(session));
  const units = await ballots.units(before);
  if (units.length === 0) print('There is nothing to archive.');
  let code: number = EXIT.DONE;
  for (const unit of units) {
    const undecided = unit.isArchived ? null : await useCase.undecided(unit);
    const count = `${await ballots.count(unit, 'ballots')} ballots`;
    if (undecided !== null) {
      print(`${unit.name}: not archived, draw ${undecided} is neither drawn nor void.`);
      code = EXIT.UNDECIDED;
    } else if (isDry) {
      print(`${unit.name}: ${count} would be ${unit.isArchived ? 'tidied up' : `archived in ${store.place}`}.`);
    } else {
      await archiveOne(useCase, unit);
      print(`${unit.name}: ${count} are archived in ${store.place}, folder ${unit.folder}.`);
    }
  }
  if (await ballots.hasStrays())
    print('Ballots in ballots_default are not archived: see "Old data" in docs/operations.md.');
  return code;
}

/** Shows a bar for each step; without a terminal, a line every few seconds. */
async function archiveOne(useCase: ArchiveBallots, unit: ArchiveUnit): Promise<void> {
  const format = `${unit.name} {step} {bar} {percentage}% | {value}/{total} | {duration_formatted}`;
  let bar: SingleBar | null = null;
  let current: string | null = null;
  try {
    await useCase.execute(unit, (step, rows, total) => {
      if (step !== current) {
        bar?.stop();
        bar = new SingleBar({ format, noTTYOutput: true, etaBuffer: 100 }, Presets.shades_classic);
        bar.start(total ?? rows, rows, { step });
        current = step;
      }
      if (total === null) bar?.setTotal(rows);
      bar?.update(rows);
    });
  } finally {
    (bar as SingleBar | null)?.stop();
  }
}

void runProgram({ main: archive, codeOf: (error) => (error instanceof Misuse ? EXIT.MISUSED : EXIT.FAILED) });
