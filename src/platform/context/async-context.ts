import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { EntityManager } from 'typeorm';

/** Characters that mean nothing in a log, in a header or in a URI; long enough to tell requests apart. */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,127}$/;
/** W3C Trace Context section 3.2: the id of the trace; all zeros are none. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;

interface Context {
  readonly requestId: string | undefined;
  readonly transaction: { readonly owner: object; readonly manager: EntityManager } | undefined;
}

/** One for both: each storage costs every promise of the process its share. */
const current = new AsyncLocalStorage<Context>();

/** The id that a proxy or a trace has given the request, where it is sane; else a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && REQUEST_ID.test(given)) return given;
  const trace = headers['traceparent'];
  return (typeof trace === 'string' ? TRACEPARENT.exec(trace)?.[1] : undefined) ?? randomUUID();
}

/** Whatever the work begins belongs to the request. */
export function withinRequest<T>(requestId: string, work: () => T): T {
  return current.run({ requestId, transaction: current.getStore()?.transaction }, work);
}

/** Whatever the work does is in this transaction of the owner's. */
export function withinTransaction<T>(owner: object, manager: EntityManager, work: () => T): T {
  return current.run({ requestId: currentRequestId(), transaction: { owner, manager } }, work);
}

/** For work that belongs to no request and to no transaction, or to many, whoever happens to begin it. */
export function outside<T>(work: () => T): T {
  return current.run({ requestId: undefined, transaction: undefined }, work);
}

/** The id of the request on whose behalf this code runs, if there is one. */
export function currentRequestId(): string | undefined {
  return current.getStore()?.requestId;
}

/** The transaction that the owner has begun around this code, if there is one. */
export function currentTransaction(owner: object): EntityManager | undefined {
  const transaction = current.getStore()?.transaction;
  return transaction?.owner === owner ? transaction.manager : undefined;
}
