import { Injectable } from '@nestjs/common';
import { NoteSigner } from '../../shared/application/note-signer';
import { checkpointBody } from '../../shared/domain/signed-note';
import type { BallotLog, Entitled } from '../domain/ballot-log';
import { BallotLogs, SignedAppend } from './ballot-logs';

/** How many logs have their signer cached. */
const MAX_REMEMBERED = 10_000;

export interface Extension {
  /** Locked by the running unit of work. */
  readonly log: BallotLog;
  readonly entitled: readonly Entitled[];
}

/** Appends to logs. A log keeps the key that signed its beginning, even if the service gets another key meanwhile. */
@Injectable()
export class ExtendLogs {
  private readonly signers = new Map<string, NoteSigner>();

  constructor(
    private readonly logs: BallotLogs,
    private readonly signer: NoteSigner,
  ) {}

  /** Appends to each log and signs the checkpoint of its new size. Returns what was added, in this order. */
  async execute(extensions: readonly Extension[], now: Date): Promise<readonly SignedAppend[]> {
    const signerOf = await this.signersOf(extensions);
    const appended = extensions.map(({ log, entitled }) => {
      const addition = log.append(entitled, now);
      return { ...addition, checkpoint: checkpointOf(signerOf(log.drawId), addition.log) };
    });
    await this.logs.append(appended);
    return appended;
  }

  /** Asks the database only while the service has two keys, once for each log. */
  private async signersOf(extensions: readonly Extension[]): Promise<(drawId: string) => NoteSigner> {
    if (this.signer.verifierKeys.length === 1) return () => this.signer;
    if (this.signers.size + extensions.length > MAX_REMEMBERED) this.signers.clear();
    const unknown = extensions.map(({ log }) => log.drawId).filter((drawId) => !this.signers.has(drawId));
    const beginnings = unknown.length > 0 ? await this.logs.beginnings(unknown) : [];
    for (const [drawId, checkpoint] of beginnings) this.signers.set(drawId, this.signer.like(checkpoint));
    return (drawId) => this.signers.get(drawId) ?? this.signer;
  }
}

/** The signed checkpoint of the log as it is (docs/draw-protocol.md section 3). */
export function checkpointOf(signer: NoteSigner, { drawId, size, frontier }: BallotLog): string {
  return signer.sign(checkpointBody(`${signer.origin}/draws/${drawId}`, size, frontier.root()));
}
