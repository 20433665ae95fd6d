import { Injectable } from '@nestjs/common';
import type { Settled } from '../../shared/application/group-commit';
import { NoteSigner } from '../../shared/application/note-signer';
import { extendLog } from '../../shared/application/signed-log';
import { UnitOfWork } from '../../shared/application/unit-of-work';
import { Players } from '../../user/user.api';
import { Account, accountIdOf, AccountName } from '../domain/account';
import type { Books } from '../domain/books';
import { decide, Posted } from '../domain/decide';
import { Leg, transferLine } from '../domain/transfer';
import { Ledger, LockedLedger, WALLET_LOG } from './ledger';

/** What is asked for, and the names of the accounts that may have to be opened for it. */
export interface Request {
  readonly legs: readonly Leg[];
  readonly names: readonly AccountName[];
}

/** The log's row is locked while a portion is written; a thousand legs keep that at a few tens of milliseconds. */
const MAX_PORTION = 1_000;

/** Carries out requests in the caller's unit of work, a portion after another under one lock. */
@Injectable()
export class PostLegs {
  constructor(
    private readonly work: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly players: Players,
    private readonly signer: NoteSigner,
  ) {}

  /** Answers or refuses each request at its place. */
  execute(requests: readonly Request[]): Promise<readonly Settled<Posted>[]> {
    return this.work.run(async () => {
      const answers: Settled<Posted>[] = [];
      for (const portion of portionsOf(requests)) for (const answer of await this.post(portion)) answers.push(answer);
      return answers;
    });
  }

  private async post(requests: readonly Request[]): Promise<readonly Settled<Posted>[]> {
    const legs = requests.flatMap((request) => request.legs);
    const names = new Map(requests.flatMap((request) => request.names).map((name) => [accountIdOf(name), name]));
    const ids = new Set([...names.keys(), ...legs.flatMap(({ debitId, creditId }) => [debitId, creditId])]);
    const locked = await this.ledger.lock([...ids]);
    const { books, unopened } = await this.read(legs, names, locked);
    const { answers, changes } = decide(
      requests.map((request) => request.legs),
      books,
    );
    if (changes.transfers.length === 0) return answers;
    const used = new Set(changes.transfers.flatMap(({ debitId, creditId }) => [debitId, creditId]));
    const opening = unopened.filter((name) => used.has(accountIdOf(name)));
    if (opening.length > 0) await this.ledger.open(opening);
    const log = extendLog(locked.tree, changes.transfers.map(transferLine), this.signer, WALLET_LOG);
    await this.ledger.append({ changes, log, at: locked.at });
    return answers;
  }

  /** Everything that the requests speak of; after the locks, so that nothing of it is older than they are. */
  private async read(
    legs: readonly Leg[],
    names: ReadonlyMap<string, AccountName>,
    { tree, at, accounts: found }: LockedLedger,
  ): Promise<{ books: Books; unopened: readonly AccountName[] }> {
    const accounts = byId(found);
    const absent = [...names.keys()].filter((id) => !accounts.has(id));
    const opened = absent.length > 0 ? await this.ledger.openedMeanwhile(absent) : [];
    for (const account of opened) accounts.set(account.id, account);
    const owners = [...found.map(({ name }) => name), ...names.values()].flatMap(({ ownerId }) => ownerId ?? []);
    const standings = owners.length > 0 ? await this.players.standings([...new Set(owners)]) : new Map<string, never>();
    // Empty until a transfer needs them: only then are they opened.
    const unopened = [...names].flatMap(([id, name]) => {
      return !accounts.has(id) && (name.ownerId === null || standings.has(name.ownerId)) ? [name] : [];
    });
    for (const name of unopened) accounts.set(accountIdOf(name), Account.empty(name));
    const made = byId(await this.ledger.made(legs.map(({ id }) => id)));
    const settled = legs.flatMap(({ holdId }) => holdId ?? []);
    const holds = byId(settled.length > 0 ? await this.ledger.holds(settled) : []);
    const reversed = legs.flatMap(({ reason, causeId }) => (reason === 'reversal' ? [causeId] : []));
    const originals = reversed.length > 0 ? await this.ledger.reversible(reversed) : [];
    const reversible = new Map(originals.map((original) => [original.transfer.id, original]));
    const banned = new Set([...standings].flatMap(([id, standing]) => (standing.banned ? [id] : [])));
    return { books: { size: tree.size, at, accounts, holds, made, reversible, banned }, unopened };
  }
}

function byId<One extends { readonly id: string }>(all: readonly One[]): Map<string, One> {
  return new Map(all.map((one) => [one.id, one]));
}

/** A request is never split. */
function* portionsOf(requests: readonly Request[]): Generator<readonly Request[]> {
  let [portion, size]: [Request[], number] = [[], 0];
  for (const request of requests) {
    if (portion.length > 0 && size + request.legs.length > MAX_PORTION) {
      yield portion;
      [portion, size] = [[], 0];
    }
    portion.push(request);
    size += request.legs.length;
  }
  if (portion.length > 0) yield portion;
}
