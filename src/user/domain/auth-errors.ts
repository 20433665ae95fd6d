import { DomainError } from '../../shared/domain/domain-error';

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

export class AuthBusy extends DomainError {
  readonly code = 'auth.busy';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 1;

  constructor() {
    super('Too many people register or log in at this moment; try again shortly.');
  }
}

export class AccessTokenMissing extends DomainError {
  readonly code = 'auth.token-missing';
  readonly kind = 'unauthenticated';

  constructor() {
    super('Log in and send the access token: Authorization: Bearer <token>.');
  }
}

export class AccessTokenInvalid extends DomainError {
  readonly code = 'auth.token-invalid';
  readonly kind = 'unauthenticated';

  constructor() {
    super('The access token is expired or not one of ours; refresh the session or log in again.');
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
