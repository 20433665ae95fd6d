import { DomainError } from './domain-error';

export class AccessForbidden extends DomainError {
  readonly code = 'access.forbidden';
  readonly kind = 'forbidden';

  constructor() {
    super('You may not do this.');
  }
}
