import { DomainError } from '../../shared/domain/domain-error';

/** The account has less than this than is asked for, or it is reserved. */
export class InsufficientFunds extends DomainError {
  readonly code = 'wallet.insufficient-funds';
  readonly kind = 'conflict';

  constructor(
    /** In minor units. */
    readonly availableMinor: bigint,
  ) {
    super('There is not enough money in this account.');
  }
}

/** An operator has frozen the account, or its owner is banned: nothing leaves it that its owner starts. */
export class AccountFrozen extends DomainError {
  readonly code = 'wallet.account-frozen';
  readonly kind = 'conflict';

  constructor() {
    super('This account is frozen: no money can be spent from it.');
  }
}

export class AccountClosed extends DomainError {
  readonly code = 'wallet.account-closed';
  readonly kind = 'conflict';

  constructor() {
    super('This account is closed.');
  }
}

export class AccountNotFound extends DomainError {
  readonly code = 'wallet.account-not-found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such account.');
  }
}

export class HoldNotFound extends DomainError {
  readonly code = 'wallet.hold-not-found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such hold between these accounts.');
  }
}

export class HoldSettled extends DomainError {
  readonly code = 'wallet.hold-settled';
  readonly kind = 'conflict';

  constructor() {
    super('This hold was settled before.');
  }
}

export class HoldExpired extends DomainError {
  readonly code = 'wallet.hold-expired';
  readonly kind = 'conflict';

  constructor() {
    super('This hold has expired.');
  }
}

export class AmountExceedsHold extends DomainError {
  readonly code = 'wallet.amount-exceeds-hold';
  readonly kind = 'unprocessable';

  constructor() {
    super('The amount is larger than what is held.');
  }
}

/** All reversals of a transfer together reverse no more than it moved. */
export class ReversalExceedsTransfer extends DomainError {
  readonly code = 'wallet.reversal-exceeds-transfer';
  readonly kind = 'unprocessable';

  constructor() {
    super('A transfer can be reversed only in the opposite direction, and no more than it moved.');
  }
}

export class CurrencyMismatch extends DomainError {
  readonly code = 'wallet.currency-mismatch';
  readonly kind = 'unprocessable';

  constructor() {
    super('The two accounts have different currencies.');
  }
}

export class IdempotencyKeyReused extends DomainError {
  readonly code = 'wallet.idempotency-key-reused';
  readonly kind = 'unprocessable';

  constructor() {
    super('This key has already been used for another transfer.');
  }
}

export class QueueFull extends DomainError {
  readonly code = 'wallet.queue-full';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 1;

  constructor() {
    super('Too many transfers are waiting to be stored; this one was not.');
  }
}
