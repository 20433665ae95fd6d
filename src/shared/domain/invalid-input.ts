import { DomainError } from './domain-error';

/** One thing wrong with a request: a JSON pointer into the body (RFC 6901), or the name of a parameter or header. */
export type InputFault = { readonly detail: string } & (
  { readonly pointer: string } | { readonly parameter: string } | { readonly header: string }
);

/** What the client sent cannot be understood; every fault is listed. */
export class InvalidInput extends DomainError {
  readonly code = 'request.invalid';
  readonly kind = 'invalid';

  constructor(readonly errors: readonly InputFault[]) {
    super(errors.map((fault) => fault.detail).join('; '));
  }
}
