import { ConsoleLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module';
import type { CompleteConfig } from './shared/infrastructure/config';
import { configureHttp, createHttpAdapter } from './shared/infrastructure/http';

const LOG_LEVELS = ['error', 'warn', 'log', 'debug'] as const;

/** The whole service on a migrated, connected database; it does not listen yet. */
export async function createApp(config: CompleteConfig, dataSource: DataSource): Promise<NestFastifyApplication> {
  const logger = new ConsoleLogger({
    json: config.NODE_ENV === 'production',
    logLevels: LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(config.LOG_LEVEL) + 1),
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, dataSource),
    createHttpAdapter(config),
    { bodyParser: false, logger, abortOnError: false },
  );
  await configureHttp(app);
  return app;
}
