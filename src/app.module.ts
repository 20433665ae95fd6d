import { DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import type { DataSource } from 'typeorm';
import { BallotModule } from './ballot/ballot.module';
import { DrawModule } from './draw/draw.module';
import { LotteryModule } from './lottery/lottery.module';
import { PoolModule } from './pool/pool.module';
import { AccessGuard } from './platform/http/access';
import { PlatformModule } from './platform/platform.module';
import { CompleteConfig, SECTIONS } from './programs/config';
import { UserModule } from './user/user.module';
import { WalletModule } from './wallet/wallet.module';
import { WebhookModule } from './webhook/webhook.module';

@Module({
  imports: [
    ScheduleModule.forRoot(),
    UserModule,
    BallotModule,
    DrawModule,
    LotteryModule,
    PoolModule,
    WalletModule,
    WebhookModule,
  ],
  providers: [AccessGuard, { provide: APP_GUARD, useExisting: AccessGuard }],
})
export class AppModule {
  static with(config: CompleteConfig, dataSource: DataSource): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(SECTIONS, config, dataSource)] };
  }
}
