import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MIGRATIONS } from '../../migrations/migrations';
import { SCHEMA } from '../../migrations/schema';
import { ArchiveStore, archiveStoreOf } from '../ballot/infrastructure/archive-store';
import { APP_ROLE, mayEnterRole } from '../platform/database/app-role';
import { examineDatabase } from '../platform/database/examine-database';
import { readConfig } from '../platform/config/config';
import { configuredSigner } from '../platform/transparency/ed25519-note-signer';
import { Range } from '../verification/application/records';
import { Tally } from '../verification/application/tally';
import { VerifyRecords } from '../verification/application/verify-records';
import { TrustedKeys } from '../verification/domain/trusted-keys';
import { ProgressLine } from '../verification/infrastructure/progress-line';
import { jsonReport, Outcome, textReport } from '../verification/infrastructure/report';
import { Snapshot } from '../verification/infrastructure/snapshot';
import { SnapshotRecords } from '../verification/infrastructure/snapshot-records';
import { VerifierCore } from '../verification/infrastructure/verifier-core';
import { ArchivedMonths } from './archived-months';
import { Config, SECTIONS } from './config';
import { configuredDatabase } from './configured-database';
import { savedSecrets } from './secrets-file';
import { EXIT, Misuse, print, runProgram } from './terminal';

const HELP = `Re-checks everything in the database: every lottery and pool, its statements and signatures, its ballots
and their tree, its winner, the journal, the audit trail, the ledger and its log, and what the migrations make: tables,
triggers, functions and rights. It reads the database as of one moment and changes nothing: the service may run.

  npm run verify:all -- [--from <day>] [--to <day>] [--key <verifier key>] [--chain <file>] [--json]

  --from, --to  only the lotteries of these days and the pools opened on them, YYYY-MM-DD, both included; the journal
                and the audit trail are checked as a whole all the same
  --key         a verifier key with which the service signed; several may be given. Without it: those of SIGNING_KEY
                and OTHER_SIGNING_KEY
  --chain       a file with a drand chain to trust besides quicknet; several may be given. Without it:
                DRAND_CHAIN_INFO
  --json        one JSON object instead of lines
  --help        this text

Old months are read from the archive, ARCHIVE_DIR or ARCHIVE_URL. The settings are those of the service (.env.example).

Exit codes: 0  everything that was checked holds
            1  something does not: the first fault is named
            2  the command line, the database or the archive could not be used
`;

const MADE = { schema: SCHEMA, migrations: MIGRATIONS.map(({ name }) => name) };

interface Stored {
  /** Of the database. */
  readonly url: string;
  /** With which the schema of the tables is found. */
  readonly ownerUrl: string;
  readonly archive: ArchiveStore;
}

/** Returns the exit code. */
async function verifyAll(): Promise<number> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      key: { type: 'string', multiple: true },
      chain: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.DONE;
  }
  const range = { from: dayOf(values.from), to: dayOf(values.to) };
  const config = readConfig(SECTIONS);
  const keys = new TrustedKeys(values.key ?? (await ownKeys(config)));
  const files = values.chain ?? (config.DRAND_CHAIN_INFO === undefined ? [] : [config.DRAND_CHAIN_INFO]);
  const core = await VerifierCore.load(files.map(readChain));
  const outcome = await withDatabase(config, (url) =>
    verify(
      { url, ownerUrl: config.DATABASE_OWNER_URL ?? url, archive: archiveStoreOf(config, config) },
      range,
      keys,
      core,
    ),
  );
  print(values.json ? jsonReport(outcome) : textReport(outcome));
  return outcome.fault === null ? EXIT.DONE : EXIT.FAILED;
}

async function verify(
  { url, ownerUrl, archive }: Stored,
  range: Range,
  keys: TrustedKeys,
  core: VerifierCore,
): Promise<Outcome> {
  const startedAt = performance.now();
  const { schema } = await examineDatabase(ownerUrl);
  const role = (await mayEnterRole(url, schema)) ? APP_ROLE : undefined;
  const snapshot = await Snapshot.open({ url, role, schema });
  try {
    const records = await SnapshotRecords.within(snapshot, range, ArchivedMonths.of(snapshot, archive));
    const progress = new ProgressLine(process.stderr, await records.amounts());
    const tally = new Tally((counted) => {
      progress.show(counted);
    });
    const fault = await new VerifyRecords(records, keys, core, MADE, tally).execute();
    progress.clear();
    return { fault, tally, elapsedMs: performance.now() - startedAt };
  } finally {
    await snapshot.close();
  }
}

/** The embedded PostgreSQL runs with the service; without it, it is started for as long as this takes. */
async function withDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  const { url, stop } = await configuredDatabase(config.DATABASE_URL, config);
  try {
    return await work(url);
  } finally {
    await stop();
  }
}

/** Those of the service as it is configured here. @throws Misuse if there is none: none is made up */
async function ownKeys(config: Config): Promise<readonly string[]> {
  const SIGNING_KEY = config.SIGNING_KEY ?? (await savedSecrets(config.DATA_DIR))?.SIGNING_KEY;
  if (SIGNING_KEY === undefined)
    throw new Misuse('no key is known: set SIGNING_KEY, or give the verifier key with --key');
  return configuredSigner({ ...config, SIGNING_KEY }, config).verifierKeys;
}

function dayOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
  if (!isDay) throw new Misuse(`"${text}" is no day: YYYY-MM-DD`);
  return text;
}

function readChain(file: string): object {
  return JSON.parse(readFileSync(file, 'utf8')) as object;
}

// Code 1 says that something does not hold: whatever keeps this program from finding out is as if it was misused.
void runProgram({ main: verifyAll, codeOf: () => EXIT.MISUSED, prefix: 'verify:all: ' });
