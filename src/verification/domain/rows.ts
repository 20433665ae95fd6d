/** Rows in PostgreSQL's text format. */

/** Everything that a draw has one row of. */
export interface DrawRow {
  /** Whether it lies in the range to check. */
  readonly wanted: 't' | 'f';
  /** Whether its ballots have been moved to the archive. */
  readonly archived: 't' | 'f';
  readonly id: string;
  readonly name: string;
  readonly opensAt: string;
  readonly closesAt: string | null;
  readonly fullSize: string | null;
  readonly winners: string;
  readonly openNote: string;
  readonly beaconChain: string | null;
  readonly openRound: string | null;
  readonly sealNote: string | null;
  readonly sealedAt: string | null;
  readonly exclusions: string | null;
  readonly trigger: string | null;
  readonly sealRound: string | null;
  readonly beaconSignature: string | null;
  readonly drawNote: string | null;
  readonly drawnAt: string | null;
  readonly winnerIndexes: string | null;
  readonly secret: string | null;
  readonly log: LogRow | null;
  readonly chain: ChainRow | null;
  readonly lottery: LotteryRow | null;
  readonly pool: PoolRow | null;
  readonly award: AwardRow | null;
}

export interface LogRow {
  readonly closesAt: string | null;
  readonly size: string;
  readonly frontier: string;
  readonly lastSubmittedAt: string | null;
  readonly sealedAt: string | null;
}

export interface ChainRow {
  readonly hash: string;
  readonly publicKey: string;
  readonly genesisSeconds: string;
  readonly periodSeconds: string;
  readonly scheme: string;
}

export interface LotteryRow {
  readonly date: string;
  readonly state: string;
}

export interface PoolRow {
  readonly gameId: string;
  readonly size: string;
  readonly payoutShareBp: string;
  readonly state: string;
  readonly entries: string;
  readonly potMinor: string;
  readonly winnerIndex: string | null;
  readonly decidedAt: string | null;
}

export interface AwardRow {
  readonly id: string;
  readonly gameId: string;
  readonly playerId: string;
  readonly winSumMinor: string;
  readonly potMinor: string;
}

export interface BallotRow {
  readonly drawId: string;
  readonly index: string;
  readonly id: string;
  readonly userId: string;
  readonly player: string;
  readonly submittedAt: string;
}

export interface SubtreeRow {
  readonly drawId: string;
  readonly level: string;
  readonly index: string;
  readonly hash: string;
}

export interface CheckpointRow {
  readonly drawId: string;
  readonly size: string;
  readonly note: string;
}

export interface EntryRow {
  readonly drawId: string;
  readonly index: string;
  readonly stakeMinor: string;
}
