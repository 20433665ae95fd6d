import { Injectable } from '@nestjs/common';
import type { Settled } from '../../shared/application/group-commit';
import type { DomainError } from '../../shared/domain/domain-error';
import type { Posted } from '../domain/decide';
import { HoldSettled } from '../domain/errors';
import type { Hold } from '../domain/hold';
import { transferId } from '../domain/transfer';
import { ExpiredHold, Ledger } from './ledger';
import { PostLegs, Request } from './post-legs';

/** Holds of one transaction. */
const HOLDS_AT_ONCE = 500;

/** A hold that could not be freed, and why. */
interface RefusedHold {
  readonly holdId: string;
  readonly refusal: DomainError;
}

export interface Expiry {
  /** How many expired. */
  readonly freed: number;
  readonly refused: readonly RefusedHold[];
}

/** Frees what is held by holds whose time has come. Until then they count as held, and can do nothing but expire. */
@Injectable()
export class ExpireHolds {
  constructor(
    private readonly ledger: Ledger,
    private readonly postLegs: PostLegs,
  ) {}

  /** Tries each hold once. Those that another replica frees meanwhile are neither freed nor refused here. */
  async execute(signal: AbortSignal): Promise<Expiry> {
    const refused: RefusedHold[] = [];
    for (let [freed, last]: [number, Hold | null] = [0, null]; ;) {
      const expired: readonly ExpiredHold[] = await this.ledger.expiredHolds(HOLDS_AT_ONCE, last);
      const answers = await this.postLegs.execute(expired.map(requestOf));
      for (const [i, { hold }] of expired.entries()) {
        const answer = answers[i] as Settled<Posted>;
        if (!('transfers' in answer)) {
          if (!(answer instanceof HoldSettled)) refused.push({ holdId: hold.id, refusal: answer });
        } else if (!answer.replayed) freed++;
        last = hold;
      }
      if (expired.length < HOLDS_AT_ONCE || signal.aborted) return { freed, refused };
    }
  }
}

function requestOf({ hold, placedBy: { reason, causeId } }: ExpiredHold): Request {
  const { id: holdId, debitId, creditId } = hold;
  const id = transferId(reason, 'expire', holdId);
  const sides = { debitId, creditId, amountMinor: 0n, expiresAt: null, note: null };
  return { legs: [{ id, kind: 'expire', reason, causeId, holdId, ...sides }], names: [] };
}
