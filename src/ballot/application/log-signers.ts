import { Injectable } from '@nestjs/common';
import { NoteSigner } from '../../shared/application/note-signer';
import { BallotLogs } from './ballot-logs';

/** Logs whose signer is remembered; more are looked up again. */
const MAX_REMEMBERED = 10_000;

/** A log goes on with the key that signed its beginning, also when the service gets another one meanwhile. */
@Injectable()
export class LogSigners {
  private readonly remembered = new Map<string, NoteSigner>();

  constructor(
    private readonly signer: NoteSigner,
    private readonly logs: BallotLogs,
  ) {}

  /** The signer of each of these logs. Asks the database only while the service has two keys, once for each log. */
  async of(drawIds: readonly string[]): Promise<(drawId: string) => NoteSigner> {
    if (this.signer.verifierKeys.length === 1) return () => this.signer;
    if (this.remembered.size + drawIds.length > MAX_REMEMBERED) this.remembered.clear();
    await this.lookUp(drawIds.filter((drawId) => !this.remembered.has(drawId)));
    return (drawId) => this.remembered.get(drawId) ?? this.signer;
  }

  private async lookUp(drawIds: readonly string[]): Promise<void> {
    if (drawIds.length === 0) return;
    const beginnings = await this.logs.beginnings(drawIds);
    for (const [drawId, checkpoint] of beginnings) this.remembered.set(drawId, this.signer.like(checkpoint));
  }
}
