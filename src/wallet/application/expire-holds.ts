import { Injectable } from '@nestjs/common';
import { transferId } from '../domain/transfer';
import { ExpiredHold, Ledger } from './ledger';
import { PostLegs, Request } from './post-legs';

/** Holds of one transaction. */
const HOLDS_AT_ONCE = 500;

/** Frees what is held by holds whose time has come. Until then they count as held, and can do nothing but expire. */
@Injectable()
export class ExpireHolds {
  constructor(
    private readonly ledger: Ledger,
    private readonly postLegs: PostLegs,
  ) {}

  /** Returns how many expired. Holds that another replica frees meanwhile are refused as settled. */
  async execute(signal: AbortSignal): Promise<number> {
    for (let count = 0; ;) {
      const expired = await this.ledger.expiredHolds(HOLDS_AT_ONCE);
      if (expired.length === 0) return count;
      const answers = await this.postLegs.execute(expired.map(requestOf));
      const freed = answers.filter((answer) => 'transfers' in answer && !answer.replayed).length;
      count += freed;
      if (freed === 0 || expired.length < HOLDS_AT_ONCE || signal.aborted) return count;
    }
  }
}

function requestOf({ hold, placedBy: { reason, causeId } }: ExpiredHold): Request {
  const { id: holdId, debitId, creditId } = hold;
  const id = transferId(reason, 'expire', holdId);
  const sides = { debitId, creditId, amountMinor: 0n, expiresAt: null, note: null };
  return { legs: [{ id, kind: 'expire', reason, causeId, holdId, ...sides }], names: [] };
}
