import { formatInstant } from '../../shared/domain/instant';
import { uuidOf } from './derived-id';

/** The number of a kind in the database is its place here. */
export const TRANSFER_KINDS = ['transfer', 'hold', 'post', 'void', 'expire'] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

export const REASONS = [
  'deposit',
  'withdrawal',
  'bet',
  'payout',
  'stake',
  'award',
  'prize',
  'donation',
  'fee',
  'refund',
  'reversal',
  'adjustment',
  'sandbox',
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * The largest amount of a transfer, in minor units: as that of a stake. Ten thousand of them are within the range of a
 * balance.
 */
export const MAX_AMOUNT_MINOR = 100_000_000_000_000n;
/** A linked request: all of its legs or none. */
export const MAX_LEGS = 8;

/** One movement of money, as it is asked for. */
export interface Leg {
  /** Chosen by whoever asks: the same id again is a retry. */
  readonly id: string;
  readonly kind: TransferKind;
  readonly reason: Reason;
  /** What it is about: a donation, a bet, an award, a deposit, the transfer that it reverses. */
  readonly causeId: string;
  readonly debitId: string;
  readonly creditId: string;
  /** In minor units; 0 for `void` and `expire`. */
  readonly amountMinor: bigint;
  /** The hold that it settles. */
  readonly holdId: string | null;
  /** From this instant on a hold can only expire; null: never. */
  readonly expiresAt: Date | null;
  readonly note: string | null;
}

/** A leg that was carried out. Immutable, and a leaf of the log for good. */
export interface Transfer extends Omit<Leg, 'expiresAt'> {
  /** Place in the log, from 0 without gaps. */
  readonly index: number;
  /** The first of the linked transfers; null for one that stands alone. */
  readonly groupId: string | null;
  readonly currency: string;
  readonly at: Date;
}

type Leaf = Omit<Transfer, 'index' | 'groupId' | 'note'>;

/** The leaf of the log: ten fields with a space between them, without a line feed; `-` for what is absent. */
export function transferLine(transfer: Leaf): string {
  const { id, kind, reason, causeId, debitId, creditId, currency, amountMinor, holdId, at } = transfer;
  const head = `${id} ${kind} ${reason} ${causeId} ${debitId} ${creditId} ${currency} ${amountMinor}`;
  return `${head} ${holdId ?? '-'} ${formatInstant(at)}`;
}

/** The id of a transfer that follows from its cause: whoever asks again asks for the same transfer. */
export function transferId(reason: Reason, ...parts: readonly string[]): string {
  return uuidOf(['wallet/v1/transfer', reason, ...parts].join('\0'));
}

/** Whether a leg asks for the transfer that its id has made. When a hold expires may differ: a retry counts anew. */
export function isSame(leg: Leg, groupId: string | null, made: Transfer): boolean {
  return (
    leg.kind === made.kind &&
    leg.reason === made.reason &&
    leg.causeId === made.causeId &&
    leg.debitId === made.debitId &&
    leg.creditId === made.creditId &&
    leg.amountMinor === made.amountMinor &&
    leg.holdId === made.holdId &&
    leg.note === made.note &&
    groupId === made.groupId
  );
}
