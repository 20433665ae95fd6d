import { DomainError } from '../../shared/domain/domain-error';

export class PoolNotFound extends DomainError {
  readonly code = 'pool.not-found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such pool.');
  }
}

export class PoolNotSealed extends DomainError {
  readonly code = 'pool.not-sealed';
  readonly kind = 'not-found';

  constructor() {
    super('The pool is not full yet: there is nothing to check before it is sealed.');
  }
}

export class StakeEventUnknown extends DomainError {
  readonly code = 'pool.event-type-unknown';
  readonly kind = 'unprocessable';

  constructor() {
    super('Only messages with the eventType player.stakeCreated are stakes.');
  }
}

export class StakeKeyReused extends DomainError {
  readonly code = 'pool.idempotency-key-reused';
  readonly kind = 'unprocessable';

  constructor() {
    super('This Idempotency-Key has already made an entry of another stake.');
  }
}

export class StakeQueueFull extends DomainError {
  readonly code = 'pool.queue-full';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 1;

  constructor() {
    super('Too many stakes are waiting to be stored; this one was not.');
  }
}
