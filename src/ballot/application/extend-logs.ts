import type { NoteSigner } from '../../shared/application/note-signer';
import { checkpointBody } from '../../shared/domain/checkpoint';
import type { BallotLog, Entitled } from '../domain/ballot-log';
import type { BallotLogs, SignedAppend } from './ballot-logs';
import { logOrigin } from './log-origin';
import type { LogSigners } from './log-signers';

export interface Extension {
  /** Locked by the running unit of work. */
  readonly log: BallotLog;
  readonly entitled: readonly Entitled[];
}

/** Appends to each log and signs the checkpoint of its new size; gives what was added, in this order. */
export async function extendLogs(
  logs: BallotLogs,
  signers: LogSigners,
  extensions: readonly Extension[],
  now: Date,
): Promise<readonly SignedAppend[]> {
  const signerOf = await signers.of(extensions.map(({ log }) => log.drawId));
  const appended = extensions.map(({ log, entitled }) => {
    const addition = log.append(entitled, now);
    return { ...addition, checkpoint: checkpointOf(signerOf(log.drawId), addition.log) };
  });
  await logs.append(appended);
  return appended;
}

/** The signed checkpoint of the log as it is. */
export function checkpointOf(signer: NoteSigner, { drawId, size, frontier }: BallotLog): string {
  return signer.sign(checkpointBody(logOrigin(signer, drawId), size, frontier.root()));
}
