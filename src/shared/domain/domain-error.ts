/** The sort of refusal; only the HTTP filter knows which status it maps to. */
export type RefusalKind =
  'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'unprocessable' | 'too-many' | 'unavailable';

/**
 * A refusal that the caller can understand and act on. Its `code` is a public contract, listed in docs/problems.md
 * and never renamed; its message is shown to the client and therefore holds nothing secret.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: RefusalKind;
  /** Whole seconds after which a new attempt makes sense; absent if waiting does not help. */
  readonly retryAfterSeconds?: number;

  override get name(): string {
    return this.constructor.name;
  }
}
