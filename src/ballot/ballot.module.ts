import { Module } from '@nestjs/common';
import { UserModule } from '../user/user.module';
import { AppendBallots } from './application/append-ballots';
import { BallotLogs } from './application/ballot-logs';
import { LogHashes } from './application/log-hashes';
import { OpenLog } from './application/open-log';
import { ProveBallots } from './application/prove-ballots';
import { SealLog } from './application/seal-log';
import { SubmitBallot } from './application/submit-ballot';
import { BallotIntake, Ballots, LogOpening, LogProofs, LogSealing } from './ballot.api';
import { BallotsController } from './infrastructure/ballots.controller';
import { TypeOrmBallotLogs } from './infrastructure/typeorm-ballot-logs';
import { TypeOrmBallots } from './infrastructure/typeorm-ballots';
import { TypeOrmLogHashes } from './infrastructure/typeorm-log-hashes';

@Module({
  imports: [UserModule],
  controllers: [BallotsController],
  providers: [
    AppendBallots,
    { provide: BallotLogs, useClass: TypeOrmBallotLogs },
    { provide: BallotIntake, useClass: SubmitBallot },
    { provide: LogOpening, useClass: OpenLog },
    { provide: LogSealing, useClass: SealLog },
    { provide: Ballots, useClass: TypeOrmBallots },
    { provide: LogHashes, useClass: TypeOrmLogHashes },
    { provide: LogProofs, useClass: ProveBallots },
  ],
  exports: [BallotIntake, LogOpening, LogSealing, LogProofs, Ballots],
})
export class BallotModule {}
