import { DomainError } from '../../shared/domain/domain-error';

/** Nothing was sealed; the next attempt may succeed. */
export class SealTooSlow extends DomainError {
  readonly code = 'draw.seal-too-slow';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 3;

  constructor() {
    super('Sealing took so long that the round of the beacon came too close; nothing was sealed.');
  }
}

export class JournalSizeInvalid extends DomainError {
  readonly code = 'journal.size-invalid';
  readonly kind = 'invalid';

  constructor(fault: string) {
    super(fault);
  }
}
