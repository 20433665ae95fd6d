import { DomainError } from '../../shared/domain/domain-error';

export class AccessForbidden extends DomainError {
  readonly code = 'access.forbidden';
  readonly kind = 'forbidden';

  constructor() {
    super('You may not do this.');
  }
}

export class InternalTokenMissing extends DomainError {
  readonly code = 'access.internal-token-missing';
  readonly kind = 'unauthenticated';

  constructor() {
    super('This route is for the operator: send the header X-Internal-Token.');
  }
}

export class InternalTokenWrong extends DomainError {
  readonly code = 'access.internal-token-wrong';
  readonly kind = 'forbidden';

  constructor() {
    super('X-Internal-Token is not the one that this service knows.');
  }
}
