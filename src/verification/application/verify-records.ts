import { Fault } from '../domain/fault';
import type { MadeByMigrations } from '../domain/schema';
import type { TrustedKeys } from '../domain/trusted-keys';
import { CheckAuditLog } from './check-audit-log';
import { CheckDraw } from './check-draw';
import { CheckJournal } from './check-journal';
import { CheckSchema } from './check-schema';
import { CheckTransfers } from './check-transfers';
import type { DrawVerifier } from './draw-verifier';
import type { Records } from './records';
import type { Tally } from './tally';

/** Re-checks everything that is stored, from the draws to the journal, and stops at the first fault. */
export class VerifyRecords {
  constructor(
    private readonly records: Records,
    private readonly keys: TrustedKeys,
    private readonly verifier: DrawVerifier,
    private readonly made: MadeByMigrations,
    private readonly tally: Tally,
  ) {}

  /** The first fault, or null. */
  async execute(): Promise<Fault | null> {
    try {
      const schema = new CheckSchema(this.records, this.made);
      await schema.migrations();
      await this.checkDraws();
      await new CheckJournal(this.records, this.keys, this.tally).execute();
      await new CheckAuditLog(this.records, this.keys, this.tally).execute();
      await new CheckTransfers(this.records, this.keys, this.tally).execute();
      await this.checkClaims();
      await this.checkStrays();
      await schema.objects();
      return null;
    } catch (error) {
      if (error instanceof Fault) return error;
      throw error;
    }
  }

  private async checkDraws(): Promise<void> {
    const { ballots, subtrees, checkpoints, entries } = this.records;
    const check = new CheckDraw(this.records, this.keys, this.verifier, this.tally);
    for await (const draws of this.records.draws()) {
      for (const draw of draws) {
        if (draw.wanted === 't') await check.execute(draw);
        else for (const rows of [ballots, subtrees, checkpoints, entries]) await skip(rows.of(draw.id));
      }
    }
    for (const rows of [ballots, subtrees, checkpoints, entries]) await rows.end();
  }

  private async checkClaims(): Promise<void> {
    for await (const { read, fault } of this.records.claims()) {
      if (fault) throw fault;
      this.tally.add('keys', read);
    }
  }

  private async checkStrays(): Promise<void> {
    for await (const fault of this.records.strays()) {
      if (fault) throw fault;
      this.tally.add('strays', 1);
    }
  }
}

async function skip(pieces: AsyncIterable<unknown>): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  while (!(await iterator.next()).done);
}
