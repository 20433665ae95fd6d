import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { STRAY_MONEY } from '../../src/verification/infrastructure/stray-money';
import { accountOf, Money, MoneyQueue, PostLeg, PostRequest, walletOf } from '../../src/wallet/wallet.api';
import { addPlayers } from '../support/players';
import type { TestApp } from '../support/test-app';

export const BANK = accountOf('house', 'crash', 'XTS');
const CASH = accountOf('cash', 'sandbox', 'XTS');

export const moneyOf = ({ app }: TestApp): Money => app.get(Money, { strict: false });
export const queueOf = ({ app }: TestApp): MoneyQueue => app.get(MoneyQueue, { strict: false });

/** From one user to another. */
export function gift(from: string, to: string, amountMinor: bigint, id: string = randomUUID()): PostLeg {
  const sides = { debit: walletOf(from, 'XTS'), credit: walletOf(to, 'XTS') };
  return { id, kind: 'transfer', reason: 'donation', causeId: id, ...sides, amountMinor };
}

/** A bet against the bank: money is held. */
export function bet(userId: string, amountMinor: bigint, more: Partial<PostLeg> = {}): PostLeg {
  const id = randomUUID();
  const sides = { debit: walletOf(userId, 'XTS'), credit: BANK };
  return { id, kind: 'hold', reason: 'bet', causeId: id, ...sides, amountMinor, ...more };
}

/** The end of that bet. */
export function endOf({ id, debit, credit, causeId }: PostLeg, kind: 'post' | 'void', amountMinor = 0n): PostLeg {
  return { id: randomUUID(), kind, reason: 'bet', causeId, debit, credit, amountMinor, holdId: id };
}

function deposit(userId: string, amountMinor: bigint): PostLeg {
  const id = randomUUID();
  return {
    id,
    kind: 'transfer',
    reason: 'sandbox',
    causeId: id,
    debit: CASH,
    credit: walletOf(userId, 'XTS'),
    amountMinor,
  };
}

/** Ids of users who have that much. */
export async function richPlayers(app: TestApp, count: number, amountMinor: bigint): Promise<string[]> {
  const ids = (await addPlayers(app, count)).map(({ id }) => id);
  if (amountMinor > 0n) await post(app, ...ids.map((id) => [deposit(id, amountMinor)]));
  return ids;
}

/** `ok`, `replayed` or the code of the refusal, for each request. */
export async function post(app: TestApp, ...requests: PostRequest[]): Promise<string[]> {
  const answers = await moneyOf(app).post(requests);
  return answers.map((answer) => ('code' in answer ? answer.code : answer.replayed ? 'replayed' : 'ok'));
}

export async function balance(app: TestApp, userId: string): Promise<[balance: bigint, held: bigint] | null> {
  const funds = (await moneyOf(app).funds([userId], 'XTS')).get(userId);
  return funds ? [funds.balanceMinor, funds.heldMinor] : null;
}

/** What is wrong with the books. */
export async function faultsOf(dataSource: DataSource): Promise<string[]> {
  const faults: string[] = [];
  for (const { table, reason, sql } of STRAY_MONEY) {
    const rows = await dataSource
      .query<object[]>(`select * from (${sql}) as found limit 3`)
      .catch((error: Error) => [error]);
    if (rows.length > 0) faults.push(`${table}: ${reason}: ${JSON.stringify(rows)}`);
  }
  return faults;
}
