import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module';
import type { CompleteConfig } from './platform/config/config';
import { serveDocuments } from './platform/documents/openapi';
import { configureHttp, createHttpAdapter } from './platform/http/http';
import { ServiceLogger } from './platform/logging/service-logger';

/** The whole service on a migrated, connected database; it does not listen yet. */
export async function createApp(config: CompleteConfig, dataSource: DataSource): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, dataSource),
    createHttpAdapter(config),
    { bodyParser: false, logger: new ServiceLogger(config), abortOnError: false },
  );
  await configureHttp(app);
  serveDocuments(app);
  return app;
}
