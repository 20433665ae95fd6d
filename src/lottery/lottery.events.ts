/** Events of the daily lottery. An append-only contract: fields are added, never changed, renamed or removed. */
export const LOTTERY_OPENED = 'lottery.opened';
export const LOTTERY_SEALED = 'lottery.sealed';
export const LOTTERY_DRAWN = 'lottery.drawn';
/** The lottery ended without a winner: no ballot could win. */
export const LOTTERY_VOIDED = 'lottery.voided';

/** The aggregate of all of them is the draw. */
export interface LotteryEvent {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string;
  readonly drawId: string;
}

export interface LotteryOpened extends LotteryEvent {
  readonly state: 'open';
  /** RFC 3339: from when no ballots are taken. */
  readonly closesAt: string;
}

export interface LotterySealed extends LotteryEvent {
  readonly state: 'sealed';
  /** Number of ballots in the draw. */
  readonly ballots: number;
}

export interface LotteryVoided extends LotteryEvent {
  readonly state: 'void';
  readonly ballots: number;
}

export interface LotteryDrawn extends LotteryEvent {
  readonly state: 'drawn';
  readonly winner: {
    readonly ballotId: string;
    readonly userId: string;
    /** The place of the ballot in the log, from 0. */
    readonly index: number;
  };
}
