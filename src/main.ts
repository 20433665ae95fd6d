import 'reflect-metadata';
import { lookup } from 'node:dns/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './create-app';
import { createDataSource, migrate } from './data-source';
import { findWorkingRole } from './platform/database/app-role';
import { examineDatabase } from './platform/database/examine-database';
import { Session, UnusableDatabase } from './platform/database/session';
import { ConfigurationRefused, readConfig } from './platform/config/config';
import type { EmbeddedPostgres } from './platform/embedded-postgres/server';
import { closeGently } from './platform/health/close-gently';
import { listenOnOtherAddresses } from './platform/http/http-server';
import { MetricsServer } from './platform/metrics/metrics-server';
import { ServiceLogger } from './platform/logging/service-logger';
import { stackOf } from './platform/errors/stack-of';
import { CompleteConfig, completeConfig, Config, SECTIONS } from './programs/config';
import { configuredDatabase, ensureOwnDatabase } from './programs/configured-database';
import { assertPortFree } from './programs/free-port';
import { madeSecrets, secretsFile } from './programs/secrets-file';
import { EXIT, forOperators, print } from './programs/terminal';

/** One Ctrl-C arrives twice: from the terminal, and from the npm that runs this program. */
const SAME_KEY_PRESS_MS = 1_000;
/** Time limit of a stop. Orchestrators kill after 30 s, without a word in the log. */
const STOP_LIMIT_MS = 28_000;
/** Time limit of a stop without a database, for which everything would wait. */
const LOST_STOP_LIMIT_MS = 5_000;

const logger = new Logger('Main');

type Stop = () => Promise<void>;

async function start(): Promise<Stop> {
  const settings = readConfig(SECTIONS);
  Logger.overrideLogger(new ServiceLogger(settings));
  const { PORT, HOST, METRICS_PORT, METRICS_HOST } = settings;
  await assertPortFree('PORT', PORT, HOST);
  if (METRICS_PORT !== undefined) await assertPortFree('METRICS_PORT', METRICS_PORT, METRICS_HOST);
  const database = await configuredDatabase(settings.DATABASE_URL, settings, (message) => {
    logger.log(message);
  });
  try {
    await ensureOwnDatabase(database);
    // The file names an admin, so in development there is one, whatever the database.
    const admin = database.embedded !== null || settings.NODE_ENV === 'development';
    const secrets = settings.NODE_ENV === 'production' ? {} : await madeSecrets(settings.DATA_DIR, { admin });
    const databaseFolder = database.embedded?.pgdata;
    const config = completeConfig(settings, { ...secrets, DATABASE_URL: database.url, databaseFolder });
    const { app, close } = await serve(config);
    introduce(settings, config, database.embedded, {
      service: await app.getUrl(),
      metrics: app.get(MetricsServer).url,
    });
    const stop = async () => {
      await close();
      await database.stop();
    };
    void database.embedded?.lost.then((reason) => endWithout(reason, stop));
    return stop;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function serve(config: CompleteConfig): Promise<{ app: NestFastifyApplication; close: Stop }> {
  const { role, schema } = await prepareDatabase(config);
  const { DATABASE_URL: url, DATABASE_POOL_SIZE: poolSize } = config;
  const dataSource = createDataSource({ url, poolSize, role, schema });
  await dataSource.initialize();
  const app = await createApp({ ...config, databaseRole: role, databaseSchema: schema }, dataSource);
  await app.listen(config.PORT, config.HOST);
  if (config.HOST === 'localhost') {
    await listenOnOtherAddresses(app.getHttpServer(), await lookup('localhost', { all: true }));
  }
  return {
    app,
    close: async () => {
      await closeGently(app);
      await dataSource.destroy();
    },
  };
}

/** Migrates as the owner. Returns the role as which, and the schema in which, the service works from then on. */
async function prepareDatabase({
  NODE_ENV,
  DATABASE_URL: url,
  DATABASE_OWNER_URL: ownerUrl = url,
}: CompleteConfig): Promise<Pick<Session, 'role' | 'schema'>> {
  const { schema } = await examineDatabase(ownerUrl);
  if (url !== ownerUrl) await examineDatabase(url);
  for (const migration of await migrate(ownerUrl, schema)) logger.log(`Migrated: ${migration}`);
  const { role, warnings } = await findWorkingRole({ url, ownerUrl, schema });
  for (const warning of warnings) {
    if (NODE_ENV === 'production' || role === undefined) logger.warn(warning);
  }
  return { role, schema };
}

/** Prints what a person at the terminal needs; of the secrets only those that the embedded mode made up. */
function introduce(
  settings: Config,
  config: CompleteConfig,
  postgres: EmbeddedPostgres | null,
  url: { readonly service: string; readonly metrics: string | null },
): void {
  const made = (name: 'ADMIN_PASSWORD' | 'INTERNAL_CLOSE_TOKEN', secret: string) =>
    settings[name] === undefined ? secret : '(as configured)';
  const lines = [`The lottery is open at ${url.service}`, `  API documents  ${url.service}/docs`];
  if (url.metrics !== null) lines.push(`  metrics        ${url.metrics}`);
  if (postgres) lines.push(`  data           ${postgres.dataDir}`);
  if (settings.SIGNING_KEY === undefined || settings.JWT_SECRET === undefined) {
    lines.push(`  secrets        ${resolve(secretsFile(config.DATA_DIR))} (all replicas need the same)`);
  }
  if (postgres) {
    lines.push(
      `  admin log-in   ${made('ADMIN_PASSWORD', `${config.ADMIN_USERNAME} / ${config.ADMIN_PASSWORD}`)}`,
      `  close token    ${made('INTERNAL_CLOSE_TOKEN', config.INTERNAL_CLOSE_TOKEN)}`,
    );
  }
  print(`\n${lines.join('\n')}\n`);
}

/** Without its database the service can do nothing: whoever runs it starts both again. */
async function endWithout(reason: string, stop: Stop): Promise<void> {
  logger.error(`The service ends. ${reason}`);
  await Promise.race([stop().catch(() => undefined), sleep(LOST_STOP_LIMIT_MS)]);
  process.exit(EXIT.FAILED);
}

/** At the first signal, answers all requests and stops within a bound; at the second one, exits at once. */
function stopOnSignal(stop: Stop): void {
  let stoppingSince: number | null = null;
  const onSignal = (signal: 'SIGTERM' | 'SIGINT') => {
    if (stoppingSince !== null) {
      if (signal === 'SIGINT' && performance.now() - stoppingSince < SAME_KEY_PRESS_MS) return;
      process.exit(EXIT.FAILED);
    }
    stoppingSince = performance.now();
    logger.log(`${signal}: finishing what is under way; a second signal stops at once.`);
    setTimeout(() => {
      logger.error(`Something is still under way after ${STOP_LIMIT_MS / 1000} s; it is cut off.`);
      process.exit(EXIT.FAILED);
    }, STOP_LIMIT_MS).unref();
    stop().then(
      () => process.exit(EXIT.DONE),
      (error: unknown) => {
        logger.error('The stop was not clean.', stackOf(error));
        process.exit(EXIT.FAILED);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** Node itself would print the whole error object, and a failed query carries its parameters. */
process.on('uncaughtException', (error) => {
  logger.error('The service is broken and stops at once; whoever runs it starts it again.', stackOf(error));
  process.exit(EXIT.FAILED);
});

start().then(stopOnSignal, (error: unknown) => {
  const isRefused = error instanceof ConfigurationRefused || error instanceof UnusableDatabase;
  const words = forOperators(error);
  if (isRefused) process.stderr.write(`${error.message}\n`);
  else if (words !== null) logger.error(`The service could not start: ${words}`);
  else logger.error('The service could not start.', stackOf(error));
  process.exit(isRefused ? EXIT.CONFIGURATION_REFUSED : EXIT.FAILED);
});
