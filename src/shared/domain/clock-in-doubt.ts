import { DomainError } from './domain-error';

/** Nothing final happens while it is not known what time it is. */
export class ClockInDoubt extends DomainError {
  readonly code = 'clock.in-doubt';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 10;

  constructor(reason: string) {
    super(`It is not certain what time it is: ${reason}.`);
  }
}
