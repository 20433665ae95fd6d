import type { DomainError } from '../../shared/domain/domain-error';
import { InvalidInput } from '../../shared/domain/invalid-input';
import type { Account } from './account';
import { Books, Draft } from './books';
import {
  AccountClosed,
  AccountFrozen,
  AccountNotFound,
  AmountExceedsHold,
  CurrencyMismatch,
  HoldExpired,
  HoldNotFound,
  HoldSettled,
  IdempotencyKeyReused,
  InsufficientFunds,
  ReversalExceedsTransfer,
} from './errors';
import { Hold } from './hold';
import { isSame, Leg, MAX_AMOUNT_MINOR, MAX_LEGS, Transfer } from './transfer';

/** The transfers of a request, in the order of its legs. */
export interface Posted {
  readonly transfers: readonly Transfer[];
  /** Whether an earlier request with the same ids made them. */
  readonly replayed: boolean;
}

export interface Decided {
  /** In the order of the requests. */
  readonly answers: readonly (Posted | DomainError)[];
  /** What all of them change. */
  readonly changes: Draft;
}

/** Accounts of a leg: money goes from `debit` to `credit`. */
interface Sides {
  readonly debit: Account;
  readonly credit: Account;
}

/** What operators do to accounts whose owners may not spend. */
const BY_OPERATORS = ['reversal', 'adjustment'];

/**
 * The rules of money: what each request, a list of linked legs, does to the books, or why it is refused. One after
 * another, each on top of those before it; a refusal changes nothing.
 */
export function decide(requests: readonly (readonly Leg[])[], books: Books): Decided {
  const changes = new Draft(books, books.size);
  const answers = requests.map((legs) => {
    const draft = changes.next();
    const answer = answerTo(legs, draft, books);
    if ('transfers' in answer) changes.absorb(draft);
    return answer;
  });
  return { answers, changes };
}

function answerTo(legs: readonly Leg[], draft: Draft, books: Books): Posted | DomainError {
  const [first] = legs;
  const hasTwins = new Set(legs.map(({ id }) => id)).size < legs.length;
  if (!first || legs.length > MAX_LEGS) return invalid('', `a request has 1 to ${MAX_LEGS} legs`);
  if (hasTwins) return invalid('/id', 'the legs of a request have different ids');
  const groupId = legs.length > 1 ? first.id : null;
  const made = legs.flatMap(({ id }) => draft.made.get(id) ?? []);
  if (made.length > 0) return replay(legs, groupId, made);
  for (const leg of legs) {
    const refusal = apply(leg, groupId, draft, books);
    if (refusal) return refusal;
  }
  return { transfers: draft.transfers, replayed: false };
}

/** Linked legs of which only some are known are another request than that which made those. */
function replay(legs: readonly Leg[], groupId: string | null, made: readonly Transfer[]): Posted | DomainError {
  const isRetry = made.length === legs.length && legs.every((leg, i) => isSame(leg, groupId, made[i] as Transfer));
  return isRetry ? { transfers: made, replayed: true } : new IdempotencyKeyReused();
}

/** Carries the leg out in the draft, or returns why not. */
function apply(leg: Leg, groupId: string | null, draft: Draft, books: Books): DomainError | null {
  const { kind, reason } = leg;
  // Only a transfer is measured against what it reverses.
  if (reason === 'reversal' && kind !== 'transfer') return invalid('/reason', 'only a transfer reverses');
  const debit = draft.accounts.get(leg.debitId);
  const credit = draft.accounts.get(leg.creditId);
  if (!debit || !credit) return new AccountNotFound();
  if (leg.debitId === leg.creditId) return invalid('/credit', 'money goes from one account to another');
  if (debit.name.currency !== credit.name.currency) return new CurrencyMismatch();
  const sides = { debit, credit };
  const refusal = isSettling(leg) ? settle(leg, sides, draft, books) : spend(leg, sides, draft, books);
  if (refusal) return refusal;
  const transfer = transferOf(leg, groupId, debit, draft.nextIndex, books.at);
  draft.transfers.push(transfer);
  draft.made.set(leg.id, transfer);
  draft.reversible.set(leg.id, { transfer, leftMinor: isMoving(leg) ? leg.amountMinor : 0n });
  return null;
}

/** A transfer or a hold. */
function spend(leg: Leg, { debit, credit }: Sides, draft: Draft, { banned, at }: Books): DomainError | null {
  const { id, kind, reason, amountMinor, debitId, creditId, expiresAt } = leg;
  if (amountMinor <= 0n || amountMinor > MAX_AMOUNT_MINOR) return invalid('/amount', 'amount must be 1 to 10^14');
  const isLate = kind === 'hold' && expiresAt !== null && expiresAt <= at;
  if (isLate) return invalid('/expiresAt', 'expiresAt has passed');
  if (debit.state === 'closed' || credit.state === 'closed') return new AccountClosed();
  const isStopped = debit.state === 'frozen' || (debit.name.ownerId !== null && banned.has(debit.name.ownerId));
  if (isStopped && !BY_OPERATORS.includes(reason)) return new AccountFrozen();
  const { availableMinor } = debit;
  if (availableMinor !== null && availableMinor < amountMinor) return new InsufficientFunds(availableMinor);
  if (kind === 'hold') {
    if (!debit.canTake(0n, amountMinor)) return beyondBounds();
    draft.holds.set(id, new Hold(id, debitId, creditId, amountMinor, expiresAt, 'open', null));
    draft.move(debit, id, 0n, amountMinor);
    return null;
  }
  const refusal = reason === 'reversal' ? reverse(leg, draft) : null;
  return refusal ?? movement(leg, { debit, credit }, 0n, draft);
}

function reverse({ causeId, debitId, creditId, amountMinor }: Leg, draft: Draft): DomainError | null {
  const original = draft.reversible.get(causeId);
  const isOpposite = original?.transfer.debitId === creditId && original.transfer.creditId === debitId;
  if (!original || !isOpposite || original.leftMinor < amountMinor) return new ReversalExceedsTransfer();
  draft.reversible.set(causeId, { ...original, leftMinor: original.leftMinor - amountMinor });
  return null;
}

/** The end of a hold: it is posted in whole or in part, voided or expired; what is not posted is free again. */
function settle(leg: Leg, { debit, credit }: Sides, draft: Draft, { at }: Books): DomainError | null {
  const { id, kind, holdId, debitId, creditId, amountMinor } = leg;
  const hold = holdId === null ? undefined : draft.holds.get(holdId);
  if (!hold || hold.debitId !== debitId || hold.creditId !== creditId) return new HoldNotFound();
  if (hold.state !== 'open') return new HoldSettled();
  if (hold.hasExpiredAt(at) && kind !== 'expire') return new HoldExpired();
  if (!hold.hasExpiredAt(at) && kind === 'expire') return invalid('/kind', 'this hold has not expired');
  if (kind !== 'post') {
    if (amountMinor !== 0n) return invalid('/amount', 'amount must be 0 where nothing moves');
    draft.holds.set(hold.id, hold.settled(kind === 'void' ? 'voided' : 'expired', id));
    draft.move(debit, id, 0n, -hold.amountMinor);
    return null;
  }
  if (amountMinor <= 0n) return invalid('/amount', 'amount must be positive');
  if (amountMinor > hold.amountMinor) return new AmountExceedsHold();
  if (credit.state === 'closed') return new AccountClosed();
  draft.holds.set(hold.id, hold.settled('posted', id));
  return movement(leg, { debit, credit }, -hold.amountMinor, draft);
}

function movement(leg: Leg, { debit, credit }: Sides, heldChange: bigint, draft: Draft): DomainError | null {
  const { id, amountMinor } = leg;
  if (!debit.canTake(-amountMinor, heldChange) || !credit.canTake(amountMinor, 0n)) return beyondBounds();
  draft.move(debit, id, -amountMinor, heldChange);
  draft.move(credit, id, amountMinor, 0n);
  return null;
}

function beyondBounds(): InvalidInput {
  return invalid('/amount', 'no account holds that much');
}

function transferOf(leg: Leg, groupId: string | null, { name }: Account, index: number, at: Date): Transfer {
  const { id, kind, reason, causeId, debitId, creditId, amountMinor, holdId, note } = leg;
  const { currency } = name;
  return { id, kind, reason, causeId, debitId, creditId, amountMinor, holdId, note, index, groupId, currency, at };
}

function isSettling({ kind }: Leg): boolean {
  return kind === 'post' || kind === 'void' || kind === 'expire';
}

function isMoving({ kind }: Leg): boolean {
  return kind === 'transfer' || kind === 'post';
}

/** `pointer`: the member of a leg that is wrong; /amount for its amountMinor. */
function invalid(pointer: string, detail: string): InvalidInput {
  return new InvalidInput([{ pointer, detail }]);
}
