import { Injectable } from '@nestjs/common';
import { Ids } from '../../shared/application/ids';
import { Entrant, LogAppending, Receipt } from '../ballot.api';
import { playerOf } from '../domain/ballot';
import type { BallotLog } from '../domain/ballot-log';
import { BallotLogs } from './ballot-logs';
import { ExtendLogs, Extension } from './extend-logs';

/** Appends entrants to the logs of many draws, in the caller's transaction; the caller vouches for them. */
@Injectable()
export class AppendEntrants extends LogAppending {
  constructor(
    private readonly logs: BallotLogs,
    private readonly ids: Ids,
    private readonly extendLogs: ExtendLogs,
  ) {
    super();
  }

  async append(entrants: ReadonlyMap<string, readonly Entrant[]>): Promise<ReadonlyMap<string, readonly Receipt[]>> {
    const { logs, now } = await this.logs.lock([...entrants.keys()]);
    const extensions = logs.map((log) => this.extension(log, entrants.get(log.drawId) ?? [], now));
    const appended = await this.extendLogs.execute(extensions, now);
    return new Map(
      appended.map(({ log, ballots, checkpoint }) => {
        return [log.drawId, ballots.map((ballot) => ({ ballot, checkpoint, replayed: false }))];
      }),
    );
  }

  private extension(log: BallotLog, entrants: readonly Entrant[], now: Date): Extension {
    const entitled = entrants.map(({ userId, salt }) => {
      return { ballotId: this.ids.next(now), userId, player: playerOf(salt, log.drawId) };
    });
    return { log, entitled };
  }
}
