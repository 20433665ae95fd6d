import { Module } from '@nestjs/common';
import { BallotModule } from '../ballot/ballot.module';
import { Clock } from '../shared/application/clock';
import { Metrics } from '../shared/application/metrics';
import { Beacon } from './application/beacon';
import { BundleDraw } from './application/bundle-draw';
import { DrawWinners } from './application/draw-winners';
import { Draws } from './application/draws';
import { FindWinners } from './application/find-winners';
import { GatherBeacon } from './application/gather-beacon';
import { Journal } from './application/journal';
import { MakeStatement } from './application/make-statement';
import { OpenDraw } from './application/open-draw';
import { ReadJournal } from './application/read-journal';
import { SealDraw } from './application/seal-draw';
import { DrawBundles, Drawing, DrawOpening, DrawRecords, DrawSealing } from './draw.api';
import { BeaconConfig } from './infrastructure/beacon-config';
import { configuredBeacon } from './infrastructure/configured-beacon';
import { JournalController } from './infrastructure/journal.controller';
import { TypeOrmDraws } from './infrastructure/typeorm-draws';
import { TypeOrmJournal } from './infrastructure/typeorm-journal';

@Module({
  imports: [BallotModule],
  controllers: [JournalController],
  providers: [
    { provide: Draws, useClass: TypeOrmDraws },
    { provide: DrawRecords, useExisting: Draws },
    { provide: DrawOpening, useClass: OpenDraw },
    { provide: DrawSealing, useClass: SealDraw },
    { provide: Drawing, useClass: DrawWinners },
    { provide: DrawBundles, useClass: BundleDraw },
    { provide: Journal, useClass: TypeOrmJournal },
    MakeStatement,
    ReadJournal,
    GatherBeacon,
    FindWinners,
    { provide: Beacon, useFactory: configuredBeacon, inject: [BeaconConfig, Clock, Metrics] },
  ],
  exports: [DrawRecords, DrawBundles, DrawOpening, DrawSealing, Drawing],
})
export class DrawModule {
  static readonly tags = { proofs: 'All that it takes to distrust the service' };
}
