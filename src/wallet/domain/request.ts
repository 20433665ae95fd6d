import { InputFault, InvalidInput } from '../../shared/domain/invalid-input';
import { ACCOUNT_KINDS, AccountName, CURRENCIES, PURPOSE } from './account';
import { MAX_LEGS, Reason, REASONS, TransferKind } from './transfer';

/** One movement of money. */
export interface PostLeg {
  /** A UUID: `transferId` of the cause, or one that whoever asks keeps. The same id again is a retry. */
  readonly id: string;
  /** `post` and `void` end a hold between the same accounts. */
  readonly kind: Exclude<TransferKind, 'expire'>;
  readonly reason: Reason;
  /** What it is about, a UUID: a donation, a bet, an award, a deposit; for a reversal the transfer that it reverses. */
  readonly causeId: string;
  /** Where money comes from. */
  readonly debit: AccountName;
  readonly credit: AccountName;
  /** In minor units, 1 to 10^14; 0 for `void`. */
  readonly amountMinor: bigint;
  /** The id of the leg that placed the hold which this one settles; absent for `transfer` and `hold`. */
  readonly holdId?: string;
  /** From this instant on the hold that this leg places can only expire; absent: it never does. */
  readonly expiresAt?: Date;
  /** At most 500 characters (UTF-16 code units). */
  readonly note?: string;
}

/** Linked legs, 1 to 8: all of them happen, or none. UUIDs are in lower case, as the database gives them back. */
export type PostRequest = readonly PostLeg[];

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const UUID_FORM = 'must be a UUID in lower case';
const ASKED_KINDS: readonly TransferKind[] = ['transfer', 'hold', 'post', 'void'];
const MAX_NOTE_LENGTH = 500;
/** Text columns take no NUL, and replace halves of surrogate pairs. */
const NOT_STORABLE = /[\0\p{Surrogate}]/u;

type Demand = (isMet: boolean, member: string, detail: string) => void;

/** Null for a request that can be stored. One that cannot would fail all that are written with it. */
export function faultOfShape(request: PostRequest): InvalidInput | null {
  if (request.length === 0 || request.length > MAX_LEGS) {
    return new InvalidInput([{ pointer: '', detail: `a request has 1 to ${MAX_LEGS} legs` }]);
  }
  const faults: InputFault[] = [];
  const demand: Demand = (isMet, member, detail) => {
    if (!isMet) faults.push({ pointer: `/${member}`, detail: `${member} ${detail}` });
  };
  for (const leg of request) {
    checkLeg(leg, demand);
    checkName(leg.debit, 'debit', demand);
    checkName(leg.credit, 'credit', demand);
  }
  return faults.length > 0 ? new InvalidInput(faults) : null;
}

function checkLeg({ id, kind, reason, causeId, holdId, expiresAt, note }: PostLeg, demand: Demand): void {
  demand(UUID.test(id), 'id', UUID_FORM);
  demand(UUID.test(causeId), 'causeId', UUID_FORM);
  demand(ASKED_KINDS.includes(kind), 'kind', 'is not known');
  demand(REASONS.includes(reason), 'reason', 'is not known');
  if (kind === 'post' || kind === 'void') demand(UUID.test(holdId ?? ''), 'holdId', UUID_FORM);
  else demand(holdId === undefined, 'holdId', 'belongs to what ends a hold');
  if (expiresAt !== undefined) {
    demand(kind === 'hold' && !Number.isNaN(expiresAt.getTime()), 'expiresAt', 'must be an instant, of a hold');
  }
  if (note !== undefined) {
    const isStorable = note.length <= MAX_NOTE_LENGTH && !NOT_STORABLE.test(note);
    demand(isStorable, 'note', `must be text of at most ${MAX_NOTE_LENGTH} characters, without NUL`);
  }
}

function checkName({ kind, purpose, ownerId, currency }: AccountName, side: string, demand: Demand): void {
  demand(ACCOUNT_KINDS.includes(kind), `${side}/kind`, 'is not known');
  demand(CURRENCIES.includes(currency), `${side}/currency`, 'is not known');
  if (kind === 'wallet') {
    demand(ownerId !== null && UUID.test(ownerId), `${side}/ownerId`, UUID_FORM);
    demand(purpose === 'main', `${side}/purpose`, 'must be main for a wallet');
  } else {
    demand(ownerId === null, `${side}/ownerId`, 'must be null but for a wallet');
    demand(PURPOSE.test(purpose), `${side}/purpose`, 'must be 1 to 64 of a to z, 0 to 9, : and -');
  }
}
