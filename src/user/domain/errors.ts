import { DomainError } from '../../shared/domain/domain-error';

export class UsernameTaken extends DomainError {
  readonly code = 'user.username-taken';
  readonly kind = 'conflict';

  constructor() {
    super('The username is taken; upper and lower case count as the same.');
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
    super('This is the last admin who is not banned: make another user admin first.');
  }
}

/** Says the same whether the username or the password was wrong. */
export class BadCredentials extends DomainError {
  readonly code = 'auth.bad-credentials';
  readonly kind = 'unauthenticated';

  constructor() {
    super('Username or password is wrong.');
  }
}

export class TooManyLoginAttempts extends DomainError {
  readonly code = 'auth.too-many-attempts';
  readonly kind = 'too-many';

  constructor(override readonly retryAfterSeconds: number) {
    super('Too many log-ins have failed; wait before the next attempt.');
  }
}

export class TooManySignUps extends DomainError {
  readonly code = 'auth.too-many-sign-ups';
  readonly kind = 'too-many';

  constructor(override readonly retryAfterSeconds: number) {
    super('Too many accounts were made from this address; wait before the next one.');
  }
}

export class AuthBusy extends DomainError {
  readonly code = 'auth.busy';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 1;

  constructor() {
    super('Too many people are registering or logging in; try again shortly.');
  }
}

export class RefreshTokenInvalid extends DomainError {
  readonly code = 'auth.refresh-token-invalid';
  readonly kind = 'unauthenticated';

  constructor() {
    super('The refresh token is unknown, or its session has ended; log in again.');
  }
}

export class RefreshTokenReused extends DomainError {
  readonly code = 'auth.refresh-token-reused';
  readonly kind = 'unauthenticated';

  constructor() {
    super(
      'The refresh token was used before, so somebody may have stolen it; its session has been ended, log in again.',
    );
  }
}
