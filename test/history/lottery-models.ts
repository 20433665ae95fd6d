import type { SequentialModel } from './linearizability';

/** What was done with the log of a lottery, and what came of it: null where nobody knows. */
export type LogWhat =
  | { readonly kind: 'submitted'; readonly index: number | null }
  /** Refused because the lottery is closed. */
  | { readonly kind: 'too late' }
  /** Refused because the player is banned, which is asked only while the lottery is open. */
  | { readonly kind: 'banned' }
  | { readonly kind: 'sealed'; readonly size: number | null }
  | { readonly kind: 'read'; readonly isOpen: boolean; readonly ballots: number }
  | { readonly kind: 'checkpoint'; readonly size: number };

interface Log {
  readonly size: number;
  readonly isOpen: boolean;
}

/** Ballots get the next index while it is open; the first seal ends it; every other answer is what it is then. */
export const logModel: SequentialModel<Log, LogWhat> = {
  initial: { size: 0, isOpen: true },
  step: (log, what) => {
    switch (what.kind) {
      case 'submitted':
        return log.isOpen && (what.index ?? log.size) === log.size ? { size: log.size + 1, isOpen: true } : null;
      case 'too late':
        return log.isOpen ? null : log;
      case 'banned':
        return log.isOpen ? log : null;
      case 'sealed':
        return (what.size ?? log.size) === log.size ? { size: log.size, isOpen: false } : null;
      case 'read':
        return what.isOpen === log.isOpen && what.ballots === log.size ? log : null;
      case 'checkpoint':
        return what.size === log.size ? log : null;
    }
  },
  keyOf: ({ size, isOpen }) => `${size} ${isOpen}`,
};

/** What was done to a player, or seen of them: by a submission, or by the seal, which excludes the banned. */
export type StandingWhat =
  | { readonly kind: 'ban'; readonly wasBanned: boolean | null }
  | { readonly kind: 'unban' }
  | { readonly kind: 'seen'; readonly isBanned: boolean };

export const standingModel: SequentialModel<boolean, StandingWhat> = {
  initial: false,
  step: (isBanned, what) => {
    switch (what.kind) {
      case 'ban':
        return (what.wasBanned ?? isBanned) === isBanned ? true : null;
      case 'unban':
        return false;
      case 'seen':
        return what.isBanned === isBanned ? isBanned : null;
    }
  },
  keyOf: String,
};
