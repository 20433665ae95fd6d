export type HoldState = 'open' | 'posted' | 'voided' | 'expired';

/** Money that is reserved until it is posted, voided or expired, once. Immutable. */
export class Hold {
  constructor(
    /** Of the transfer that placed it. */
    readonly id: string,
    readonly debitId: string,
    readonly creditId: string,
    readonly amountMinor: bigint,
    /** From this instant on it can only expire; null: never. */
    readonly expiresAt: Date | null,
    readonly state: HoldState,
    /** The transfer that settled it. */
    readonly settledBy: string | null,
  ) {}

  hasExpiredAt(now: Date): boolean {
    return this.expiresAt !== null && now >= this.expiresAt;
  }

  settled(state: Exclude<HoldState, 'open'>, by: string): Hold {
    return new Hold(this.id, this.debitId, this.creditId, this.amountMinor, this.expiresAt, state, by);
  }
}
