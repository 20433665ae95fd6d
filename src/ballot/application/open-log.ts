import { Injectable } from '@nestjs/common';
import { NoteSigner } from '../../shared/application/note-signer';
import { checkpointBody } from '../../shared/domain/checkpoint';
import { LogOpening } from '../ballot.api';
import { BallotLog } from '../domain/ballot-log';
import { BallotLogs } from './ballot-logs';
import { logOrigin } from './log-origin';

/** A draw begins: its log is empty, and a signed checkpoint says so. */
@Injectable()
export class OpenLog extends LogOpening {
  constructor(
    private readonly logs: BallotLogs,
    private readonly signer: NoteSigner,
  ) {
    super();
  }

  async open(drawId: string, closesAt: Date | null): Promise<void> {
    const log = BallotLog.open(drawId, closesAt);
    const body = checkpointBody(logOrigin(this.signer, drawId), log.size, log.frontier.root());
    await this.logs.add(log, this.signer.sign(body));
  }
}
