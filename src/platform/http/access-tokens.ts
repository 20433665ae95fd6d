import { DomainError } from '../../shared/domain/domain-error';

/** The user of a request, as the access token states it. */
export interface SignedInUser {
  readonly id: string;
  readonly role: 'player' | 'admin';
  /** The log-in that the token comes from. */
  readonly sessionId: string;
}

/** The access tokens that callers send in the header Authorization. Checking one asks no database. */
export abstract class AccessTokens {
  /** The user whose token this is; null if there is no valid token. */
  abstract signedIn(authorization: string | undefined): SignedInUser | null;

  /** @throws AccessTokenMissing, AccessTokenInvalid */
  abstract read(authorization: string | undefined): SignedInUser;
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
    super('The access token is expired or not one of ours, or its session has ended; refresh it or log in again.');
  }
}
