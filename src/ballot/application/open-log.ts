import { Injectable } from '@nestjs/common';
import { NoteSigner } from '../../shared/application/note-signer';
import { LogOpening, LogTerms } from '../ballot.api';
import { BallotLog } from '../domain/ballot-log';
import { BallotLogs } from './ballot-logs';
import { checkpointOf } from './extend-logs';

/** Opens the log of a draw: it is empty, and a signed checkpoint says so. */
@Injectable()
export class OpenLog extends LogOpening {
  constructor(
    private readonly logs: BallotLogs,
    private readonly signer: NoteSigner,
  ) {
    super();
  }

  async open(terms: readonly LogTerms[]): Promise<void> {
    const logs = terms.map((log) => BallotLog.open(log));
    await this.logs.add(logs.map((log) => ({ log, checkpoint: checkpointOf(this.signer, log) })));
  }
}
