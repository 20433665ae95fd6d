import { DomainError } from '../../shared/domain/domain-error';

/** The log is sealed, or its closing time has come. */
export class BallotsClosed extends DomainError {
  readonly code = 'ballot.closed';
  readonly kind = 'conflict';

  constructor() {
    super('This lottery no longer takes ballots.');
  }
}

export class PlayerBanned extends DomainError {
  readonly code = 'ballot.player-banned';
  readonly kind = 'forbidden';

  constructor() {
    super('You are banned and cannot submit ballots.');
  }
}

/** The token is genuine, but its subject no longer exists. */
export class PlayerUnknown extends DomainError {
  readonly code = 'ballot.player-unknown';
  readonly kind = 'forbidden';

  constructor() {
    super('The player of this access token does not exist.');
  }
}

/** With this submission the player would have more ballots in the draw than the operator allows. */
export class BallotLimitReached extends DomainError {
  readonly code = 'ballot.limit-reached';
  readonly kind = 'conflict';

  constructor(limit: number) {
    super(`A player may have ${limit} ballots in a lottery; nothing was stored.`);
  }
}

export class IdempotencyKeyReused extends DomainError {
  readonly code = 'ballot.idempotency-key-reused';
  readonly kind = 'unprocessable';

  constructor(
    /** The first ballot that the key made, and how many it made. */
    readonly ballotId: string,
    readonly count: number,
  ) {
    super('This Idempotency-Key has already made another number of ballots, or ballots in another lottery.');
  }
}

export class QueueFull extends DomainError {
  readonly code = 'ballot.queue-full';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 1;

  constructor() {
    super('Too many ballots are waiting to be stored; this one was not.');
  }
}

export class BallotNotFound extends DomainError {
  readonly code = 'ballot.not-found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such ballot.');
  }
}

/** The ballot is in the archive, which cannot be reached or was changed: the log says which. */
export class ArchiveUnavailable extends DomainError {
  readonly code = 'ballot.archive-unavailable';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 10;

  constructor() {
    super('This old ballot is in the archive, which cannot be read now.');
  }
}

export class TreeSizeInvalid extends DomainError {
  readonly code = 'ballot.tree-size-invalid';
  readonly kind = 'invalid';

  constructor(fault: string) {
    super(fault);
  }
}
