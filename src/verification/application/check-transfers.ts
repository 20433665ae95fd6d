import { demand, Fault } from '../domain/fault';
import { instantOf } from '../domain/stored-texts';
import type { TrustedKeys } from '../domain/trusted-keys';
import { CheckSignedLog, LogEntry } from './check-signed-log';
import type { Records, TransferRow } from './records';
import type { Tally } from './tally';

/** In the order of their numbers in the database. */
const KINDS = ['transfer', 'hold', 'post', 'void', 'expire'];

/** Checks the transfers of money against their log: none was changed, added or removed since it was signed. */
export class CheckTransfers {
  private readonly log: CheckSignedLog;

  constructor(
    private readonly records: Records,
    keys: TrustedKeys,
    tally: Tally,
  ) {
    this.log = new CheckSignedLog('wallet', records, keys, tally);
  }

  /** @throws Fault */
  async execute(): Promise<void> {
    try {
      await this.log.execute(this.transfers());
    } catch (error) {
      throw error instanceof Fault ? error.of('the log of transfers') : error;
    }
  }

  private async *transfers(): AsyncGenerator<readonly LogEntry[]> {
    for await (const rows of this.records.transfers()) yield rows.map(entryOf);
  }
}

/** Written anew from the description of the leaves (docs/wallet.md), so that it has no fault of the service's. */
function entryOf(row: TransferRow): LogEntry {
  const at = instantOf(row.at);
  const named = { table: 'wallet_transfers', key: { index: row.index } };
  demand(at !== null, 'wallet', named, `at is ${row.at}, which is no whole millisecond`);
  const kind = KINDS[Number(row.kind)] ?? row.kind;
  const fields = [row.id, kind, row.reason, row.causeId, row.debitId, row.creditId, row.currency, row.amountMinor];
  return { index: row.index, leaf: [...fields, row.holdId ?? '-', at].join(' ') };
}
