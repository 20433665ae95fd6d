import { Injectable } from '@nestjs/common';
import { sqlArray } from '../../platform/database/statements';
import { TypeOrmUnitOfWork } from '../../platform/database/typeorm-unit-of-work';
import { invariant } from '../../shared/domain/invariant';
import { Frontier } from '../../shared/domain/merkle-tree';
import { ExpiredHold, Ledger, LedgerAppend, LockedLedger } from '../application/ledger';
import { Account, accountIdOf, AccountName, floorOf } from '../domain/account';
import type { Reversible } from '../domain/books';
import { Hold } from '../domain/hold';
import { Reason, Transfer, TRANSFER_KINDS } from '../domain/transfer';
import type { Funds } from '../wallet.api';
import { APPEND, EXPIRED, FUNDS, HOLDS, LOCK, LOCK_OPENED, MADE, OPEN, REVERSIBLE } from './ledger-statements';
import type { AccountRow, HoldRow, TransferRow } from './ledger.table';

type LockedRow = { readonly [Name in keyof AccountRow]: AccountRow[Name] | null } & {
  readonly now: Date;
  readonly size: string;
  readonly lastAt: Date | null;
  readonly frontier: Buffer | null;
};

@Injectable()
export class TypeOrmLedger extends Ledger {
  constructor(private readonly work: TypeOrmUnitOfWork) {
    super();
  }

  async lock(accountIds: readonly string[]): Promise<LockedLedger> {
    const rows = await this.work.writer.query<LockedRow[]>(LOCK, [sqlArray(accountIds)]);
    const [first] = rows;
    invariant(first?.frontier, 'there is one log of transfers');
    // The time under the last lock, unless the clock was set back.
    const at = rows.reduce((latest, { now }) => Math.max(latest, now.getTime()), first.lastAt?.getTime() ?? 0);
    return {
      tree: Frontier.fromBytes(Number(first.size), first.frontier),
      at: new Date(at),
      accounts: rows.flatMap((row) => (row.id === null ? [] : accountFrom(row as AccountRow))),
    };
  }

  async openedMeanwhile(accountIds: readonly string[]): Promise<readonly Account[]> {
    const rows = await this.work.writer.query<AccountRow[]>(LOCK_OPENED, [sqlArray(accountIds)]);
    return rows.map(accountFrom);
  }

  async open(names: readonly AccountName[]): Promise<void> {
    await this.work.writer.query(OPEN, [
      names.map(accountIdOf),
      names.map(({ kind }) => kind),
      names.map(({ purpose }) => purpose),
      names.map(({ ownerId }) => ownerId),
      names.map(({ currency }) => currency),
      names.map(({ kind }) => floorOf(kind)),
    ]);
  }

  async made(ids: readonly string[]): Promise<readonly Transfer[]> {
    const rows = await this.work.reader.query<TransferRow[]>(MADE, [sqlArray(ids)]);
    return rows.map(transferFrom);
  }

  async holds(ids: readonly string[]): Promise<readonly Hold[]> {
    const rows = await this.work.reader.query<HoldRow[]>(HOLDS, [sqlArray(ids)]);
    return rows.map(holdFrom);
  }

  async reversible(ids: readonly string[]): Promise<readonly Reversible[]> {
    const rows = await this.work.reader.query<(TransferRow & { leftMinor: string })[]>(REVERSIBLE, [ids]);
    return rows.map((row) => ({ transfer: transferFrom(row), leftMinor: BigInt(row.leftMinor) }));
  }

  async append({ changes, log, at }: LedgerAppend): Promise<void> {
    const { transfers, entries } = changes;
    const accounts = [...changes.accounts.own.values()];
    const holds = [...changes.holds.own.values()];
    const entryCounts = new Map<string, number>();
    for (const { account } of entries) entryCounts.set(account.id, (entryCounts.get(account.id) ?? 0) + 1);
    const [{ moved }] = await this.work.writer.query<[{ moved: number }]>(APPEND, [
      ...transferColumns(transfers),
      log.frontier.size - transfers.length,
      at,
      array(entries.map(({ account }) => account.id)),
      array(entries.map(({ account }) => account.seq)),
      array(entries.map(({ transferId }) => transferId)),
      array(entries.map(({ amountMinor }) => amountMinor)),
      array(entries.map(({ account }) => account.balanceMinor)),
      array(entries.map(({ account }) => account.heldMinor)),
      ...holdColumns(holds),
      array(log.completed.map(({ level }) => level)),
      array(log.completed.map(({ index }) => index)),
      array(log.completed.map(({ hash }) => hash.toString('hex'))),
      log.frontier.size,
      log.checkpoint,
      log.frontier.toBytes(),
      array(accounts.map(({ id }) => id)),
      array(accounts.map(({ balanceMinor }) => balanceMinor)),
      array(accounts.map(({ heldMinor }) => heldMinor)),
      array(accounts.map(({ seq }) => seq)),
      array(accounts.map(({ id, seq }) => seq - (entryCounts.get(id) ?? 0))),
    ]);
    invariant(moved === accounts.length, 'every account is as it was locked');
  }

  async expiredHolds(limit: number, after: Hold | null): Promise<readonly ExpiredHold[]> {
    type Row = HoldRow & { readonly reason: Reason; readonly causeId: string };
    const rows = await this.work.reader.query<Row[]>(EXPIRED, [limit, after?.expiresAt ?? null, after?.id ?? null]);
    return rows.map((row) => ({ hold: holdFrom(row), placedBy: { reason: row.reason, causeId: row.causeId } }));
  }

  async funds(accountIds: readonly string[]): Promise<ReadonlyMap<string, Funds>> {
    type Row = Pick<AccountRow, 'id' | 'balanceMinor' | 'heldMinor'>;
    const rows = await this.work.reader.query<Row[]>(FUNDS, [accountIds]);
    return new Map(
      rows.map(({ id, balanceMinor, heldMinor }) => {
        return [id, { balanceMinor: BigInt(balanceMinor), heldMinor: BigInt(heldMinor) }];
      }),
    );
  }
}

function transferColumns(transfers: readonly Transfer[]): unknown[] {
  return [
    array(transfers.map(({ id }) => id)),
    array(transfers.map(({ kind }) => TRANSFER_KINDS.indexOf(kind))),
    array(transfers.map(({ reason }) => reason)),
    array(transfers.map(({ causeId }) => causeId)),
    array(transfers.map(({ groupId }) => groupId)),
    array(transfers.map(({ debitId }) => debitId)),
    array(transfers.map(({ creditId }) => creditId)),
    array(transfers.map(({ currency }) => currency)),
    array(transfers.map(({ amountMinor }) => amountMinor)),
    array(transfers.map(({ holdId }) => holdId)),
    // The driver quotes what people have written.
    transfers.map(({ note }) => note),
  ];
}

function holdColumns(holds: readonly Hold[]): unknown[] {
  return [
    array(holds.map(({ id }) => id)),
    array(holds.map(({ debitId }) => debitId)),
    array(holds.map(({ creditId }) => creditId)),
    array(holds.map(({ amountMinor }) => amountMinor)),
    holds.map(({ expiresAt }) => expiresAt),
    array(holds.map(({ state }) => state)),
    array(holds.map(({ settledBy }) => settledBy)),
  ];
}

/** For values that need no quoting. */
function array(values: readonly (string | number | bigint | null)[]): string {
  return sqlArray(values.map((value) => (value === null ? 'null' : String(value))));
}

function accountFrom({
  id,
  kind,
  purpose,
  ownerId,
  currency,
  state,
  balanceMinor,
  heldMinor,
  seq,
}: AccountRow): Account {
  const name = { kind, purpose, ownerId, currency };
  return new Account(id, name, state, BigInt(balanceMinor), BigInt(heldMinor), Number(seq));
}

function transferFrom({ kind, reason, index, amountMinor, ...row }: TransferRow): Transfer {
  const word = TRANSFER_KINDS[kind];
  invariant(word, `transfer ${row.id} is of a kind that is known`);
  return { ...row, kind: word, reason: reason as Reason, index: Number(index), amountMinor: BigInt(amountMinor) };
}

function holdFrom({ id, debitId, creditId, amountMinor, expiresAt, state, settledBy }: HoldRow): Hold {
  return new Hold(id, debitId, creditId, BigInt(amountMinor), expiresAt, state, settledBy);
}
