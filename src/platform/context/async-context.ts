import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { EntityManager } from 'typeorm';

/** Characters without meaning in logs, headers and URIs; long enough to distinguish requests. */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,127}$/;
/** W3C Trace Context section 3.2: the id of the trace; all zeros mean none. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;

interface Context {
  readonly requestId: string | undefined;
  readonly transaction: { readonly owner: object; readonly manager: EntityManager } | undefined;
  /** What is asked for here is part of a request that we are already answering. */
  readonly isInner?: true;
}

/** One storage for both: each one costs every promise of the process a share. */
const current = new AsyncLocalStorage<Context>();

/** The id that a proxy or a trace gave the request, if it is valid; otherwise a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && REQUEST_ID.test(given)) return given;
  const trace = headers['traceparent'];
  return (typeof trace === 'string' ? TRACEPARENT.exec(trace)?.[1] : undefined) ?? randomUUID();
}

/** Runs the work on behalf of a request. */
export function withinRequest<T>(requestId: string, work: () => T): T {
  return current.run({ requestId, transaction: current.getStore()?.transaction }, work);
}

/** Runs the work in this transaction of the owner. */
export function withinTransaction<T>(owner: object, manager: EntityManager, work: () => T): T {
  return current.run({ requestId: currentRequestId(), transaction: { owner, manager } }, work);
}

/** Runs work that belongs to no request and no transaction, or to many, wherever it is started. */
export function outside<T>(work: () => T): T {
  return current.run({ requestId: undefined, transaction: undefined }, work);
}

/** Runs work that asks this service, in this process, as part of a request. No client can have its requests run so. */
export function asInner<T>(work: () => T): T {
  return current.run({ requestId: currentRequestId(), transaction: undefined, isInner: true }, work);
}

/** Whether a request that arrives here is part of another one. */
export function isInner(): boolean {
  return current.getStore()?.isInner === true;
}

/** The id of the request on whose behalf this code runs, if there is one. */
export function currentRequestId(): string | undefined {
  return current.getStore()?.requestId;
}

/** The transaction of the owner in which this code runs, if there is one. */
export function currentTransaction(owner: object): EntityManager | undefined {
  const transaction = current.getStore()?.transaction;
  return transaction?.owner === owner ? transaction.manager : undefined;
}
