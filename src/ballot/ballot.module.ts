import { Module } from '@nestjs/common';
import { ServiceConfig } from '../platform/config/service-config';
import { UserModule } from '../user/user.module';
import { AppendBallots } from './application/append-ballots';
import { AppendEntrants } from './application/append-entrants';
import { BallotLogs } from './application/ballot-logs';
import { EntitlePlayers } from './application/entitle-players';
import { ExtendLogs } from './application/extend-logs';
import { LogHashes } from './application/log-hashes';
import { OpenLog } from './application/open-log';
import { PlayerCounts } from './application/player-counts';
import { ProveBallots } from './application/prove-ballots';
import { SealLog } from './application/seal-log';
import { SubmitBallot } from './application/submit-ballot';
import { BallotIntake, Ballots, LogAppending, LogOpening, LogProofs, LogSealing } from './ballot.api';
import { ArchiveConfig } from './infrastructure/archive-config';
import { ArchiveStore, archiveStoreOf } from './infrastructure/archive-store';
import { ArchivedBallots } from './infrastructure/archived-ballots';
import { BallotMonths } from './infrastructure/ballot-months';
import { BallotsController } from './infrastructure/ballots.controller';
import { ListFiles } from './infrastructure/list-files';
import { TypeOrmBallotLogs } from './infrastructure/typeorm-ballot-logs';
import { TypeOrmBallots } from './infrastructure/typeorm-ballots';
import { TypeOrmLogHashes } from './infrastructure/typeorm-log-hashes';
import { TypeOrmPlayerCounts } from './infrastructure/typeorm-player-counts';

@Module({
  imports: [UserModule],
  controllers: [BallotsController],
  providers: [
    AppendBallots,
    EntitlePlayers,
    { provide: PlayerCounts, useClass: TypeOrmPlayerCounts },
    ExtendLogs,
    { provide: BallotLogs, useClass: TypeOrmBallotLogs },
    { provide: BallotIntake, useClass: SubmitBallot },
    { provide: LogOpening, useClass: OpenLog },
    { provide: LogAppending, useClass: AppendEntrants },
    { provide: LogSealing, useClass: SealLog },
    { provide: ArchiveStore, useFactory: archiveStoreOf, inject: [ArchiveConfig, ServiceConfig] },
    ArchivedBallots,
    BallotMonths,
    { provide: ListFiles, useFactory: () => ListFiles.temporary() },
    { provide: Ballots, useClass: TypeOrmBallots },
    { provide: LogHashes, useClass: TypeOrmLogHashes },
    { provide: LogProofs, useClass: ProveBallots },
  ],
  exports: [BallotIntake, LogOpening, LogAppending, LogSealing, LogProofs, Ballots],
})
export class BallotModule {
  static readonly tags = { ballots: 'What takes part in a lottery' };
}
