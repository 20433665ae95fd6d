import { Injectable } from '@nestjs/common';
import type { Settled } from '../../shared/application/group-commit';
import { accountIdOf, walletOf } from '../domain/account';
import { faultOfShape } from '../domain/request';
import type { Leg } from '../domain/transfer';
import { Funds, Money, Posted, PostLeg, PostRequest } from '../wallet.api';
import { Ledger } from './ledger';
import { PostLegs, Request } from './post-legs';

/** Money, as other modules ask for it. */
@Injectable()
export class PostMoney extends Money {
  constructor(
    private readonly postLegs: PostLegs,
    private readonly ledger: Ledger,
  ) {
    super();
  }

  async post(requests: readonly PostRequest[]): Promise<readonly Settled<Posted>[]> {
    const refusals = requests.map(faultOfShape);
    const sound = requests.filter((_, i) => refusals[i] === null);
    const answers = (await this.postLegs.execute(sound.map(requestOf))).values();
    return refusals.map((refusal) => refusal ?? (answers.next().value as Settled<Posted>));
  }

  async funds(userIds: readonly string[], currency: string): Promise<ReadonlyMap<string, Funds>> {
    const users = new Map(userIds.map((userId) => [accountIdOf(walletOf(userId, currency)), userId]));
    const funds = await this.ledger.funds([...users.keys()]);
    return new Map([...funds].map(([accountId, one]) => [users.get(accountId) as string, one]));
  }
}

function requestOf(legs: PostRequest): Request {
  return { legs: legs.map(legOf), names: legs.flatMap(({ debit, credit }) => [debit, credit]) };
}

function legOf({ debit, credit, ...leg }: PostLeg): Leg {
  const { holdId = null, expiresAt = null, note = null } = leg;
  return { ...leg, debitId: accountIdOf(debit), creditId: accountIdOf(credit), holdId, expiresAt, note };
}
