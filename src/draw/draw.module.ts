import { Module } from '@nestjs/common';
import { BallotModule } from '../ballot/ballot.module';
import { DrawWinners } from './application/draw-winners';
import { Draws } from './application/draws';
import { OpenDraw } from './application/open-draw';
import { SealDraw } from './application/seal-draw';
import { Drawing, DrawOpening, DrawRecords, DrawSealing } from './draw.api';
import { TypeOrmDraws } from './infrastructure/typeorm-draws';

@Module({
  imports: [BallotModule],
  providers: [
    { provide: Draws, useClass: TypeOrmDraws },
    { provide: DrawRecords, useExisting: Draws },
    { provide: DrawOpening, useClass: OpenDraw },
    { provide: DrawSealing, useClass: SealDraw },
    { provide: Drawing, useClass: DrawWinners },
  ],
  exports: [DrawRecords, DrawOpening, DrawSealing, Drawing],
})
export class DrawModule {}
