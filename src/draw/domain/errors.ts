import { DomainError } from '../../shared/domain/domain-error';

export class JournalSizeInvalid extends DomainError {
  readonly code = 'journal.size-invalid';
  readonly kind = 'invalid';

  constructor(fault: string) {
    super(fault);
  }
}
