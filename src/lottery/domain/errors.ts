import { DomainError } from '../../shared/domain/domain-error';
import type { LotteryDate } from './lottery-date';

export class LotteryNotFound extends DomainError {
  readonly code = 'lottery.not-found';
  readonly kind = 'not-found';

  constructor(date: LotteryDate) {
    super(`There is no lottery of ${date.toString()}.`);
  }
}

export class LotteryNotOver extends DomainError {
  readonly code = 'lottery.not-over';
  readonly kind = 'conflict';

  constructor(date: LotteryDate) {
    super(`The lottery of ${date.toString()} takes ballots until midnight UTC; early=true closes it now.`);
  }
}

export class LotteryNotBegun extends DomainError {
  readonly code = 'lottery.not-begun';
  readonly kind = 'conflict';

  constructor(date: LotteryDate) {
    super(`The day of the lottery of ${date.toString()} has not begun: only today's can be closed early.`);
  }
}

export class LotteryExists extends DomainError {
  readonly code = 'lottery.exists';
  readonly kind = 'conflict';

  constructor(date: LotteryDate) {
    super(`The lottery of ${date.toString()} exists already.`);
  }
}

export class LotteryDayPast extends DomainError {
  readonly code = 'lottery.day-past';
  readonly kind = 'unprocessable';

  constructor(date: LotteryDate) {
    super(`${date.toString()} is past: a lottery is opened for today or a later day.`);
  }
}

/** No window of the user's limit could hold them: to wait would not help. */
export class TooManyBallots extends DomainError {
  readonly code = 'lottery.too-many-ballots';
  readonly kind = 'unprocessable';

  constructor(most: number) {
    super(`One request may make at most ${most} ballots here: send several, one after the other.`);
  }
}

export class LotteryNotSealed extends DomainError {
  readonly code = 'lottery.not-sealed';
  readonly kind = 'not-found';

  constructor(date: LotteryDate) {
    super(`The lottery of ${date.toString()} still takes ballots: there is nothing to check before it is sealed.`);
  }
}

export class LotteryNotDrawn extends DomainError {
  readonly code = 'lottery.not-drawn';
  readonly kind = 'not-found';

  constructor(date: LotteryDate) {
    super(`The lottery of ${date.toString()} has no winner yet.`);
  }
}

export class LotteryVoid extends DomainError {
  readonly code = 'lottery.void';
  readonly kind = 'not-found';

  constructor(date: LotteryDate) {
    super(`The lottery of ${date.toString()} ended without a winner: no ballot could win.`);
  }
}
