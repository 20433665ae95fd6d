import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module';
import { BallotModule } from './ballot/ballot.module';
import { DrawModule } from './draw/draw.module';
import { LotteryModule } from './lottery/lottery.module';
import { serveDocuments, Tags } from './platform/documents/openapi';
import { boundDownloads } from './platform/downloads/downloads';
import { configureHttp, createHttpAdapter } from './platform/http/http';
import { boundRequestsUnderWay } from './platform/http/throttle.hook';
import { ServiceLogger } from './platform/logging/service-logger';
import { PlatformModule } from './platform/platform.module';
import { PoolModule } from './pool/pool.module';
import type { CompleteConfig } from './programs/config';
import { serveSite } from './site/site.module';
import { UserModule } from './user/user.module';
import { WebhookModule } from './webhook/webhook.module';

/** Groups of routes, in the order of the OpenAPI document. */
export const TAGS: Tags = {
  ...UserModule.tags,
  ...LotteryModule.tags,
  ...BallotModule.tags,
  ...PoolModule.tags,
  ...DrawModule.tags,
  ...WebhookModule.tags,
  ...PlatformModule.tags,
};

/** The whole service on a migrated, connected database; it does not listen yet. */
export async function createApp(config: CompleteConfig, dataSource: DataSource): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, dataSource),
    createHttpAdapter(config),
    { bodyParser: false, logger: new ServiceLogger(config), abortOnError: false },
  );
  await configureHttp(app);
  // One address leaves half of the connections to others.
  boundRequestsUnderWay(app.getHttpAdapter().getInstance(), Math.ceil(config.DATABASE_POOL_SIZE / 2));
  boundDownloads(app.getHttpAdapter().getInstance());
  serveDocuments(app, TAGS, WebhookModule.describe);
  await serveSite(app);
  return app;
}
