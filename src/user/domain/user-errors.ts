import { DomainError } from '../../shared/domain/domain-error';

export class UsernameTaken extends DomainError {
  readonly code = 'user.username-taken';
  readonly kind = 'conflict';

  constructor() {
    super('Somebody has this username already; upper and lower case count as the same.');
  }
}

export class UserNotFound extends DomainError {
  readonly code = 'user.not-found';
  readonly kind = 'not-found';

  constructor() {
    super('No user has this id.');
  }
}

export class UserAlreadyBanned extends DomainError {
  readonly code = 'user.already-banned';
  readonly kind = 'conflict';

  constructor() {
    super('This user is banned already.');
  }
}

export class LastAdmin extends DomainError {
  readonly code = 'user.last-admin';
  readonly kind = 'conflict';

  constructor() {
    super('This is the last admin: make somebody else admin first.');
  }
}
