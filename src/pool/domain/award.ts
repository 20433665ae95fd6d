/** The award of a pool's winner. */
export interface Award {
  readonly id: string;
  readonly poolId: string;
  readonly gameId: string;
  readonly userId: string;
  readonly winSumMinor: bigint;
  readonly potMinor: bigint;
  readonly status: 'played_out';
  readonly awardedAt: Date;
}
