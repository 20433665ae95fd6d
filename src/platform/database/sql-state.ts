import { QueryFailedError } from 'typeorm';
import { errorCode } from '../errors/error-code';

/**
 * The server cannot be reached, starts, stops or was demoted: class 08 (connection), 28 (log-in), 3D000 (no such
 * database), 25006 (read-only), class 53 (no disk, memory or connections left), 57P (shutdown), class 58 (I/O), 26000
 * (the session of a prepared statement is gone).
 */
const NO_DATABASE = /^(08...|25006|26000|28...|3D000|53...|57P..|58...)$/;
/** The system's errors of connections, and Node's of sockets. */
const NO_CONNECTION =
  /^(ECONN[A-Z]+|EHOST[A-Z]+|ENET[A-Z]+|EPIPE|EPROTO|ETIMEDOUT|ENOTFOUND|EAI_[A-Z]+|ERR_(STREAM|SOCKET)_\w+)$/;
/** TypeORM releases the runner of a lost connection at once; code between two statements gets this error. */
const NO_CONNECTION_TEXT =
  /Connection terminated|not queryable|already released|timeout (exceeded|expired)|after calling end|not Connected/i;

/** What fails and may pass by itself: conflicts (class 40), cancelled statements (57014), time-outs. */
const PASSING = /^(40...|57...|25P0[34]|55P03)$/;

const failedConnects = new WeakSet<object>();

/** Marks an error of opening a connection, whatever it is: a certificate, a role that is missing, no answer. */
export function failedToConnect(error: unknown): void {
  if (typeof error === 'object' && error !== null) failedConnects.add(error);
}

/** Whether the database cannot be reached or takes no writes, which is no statement's fault. */
export function isConnectionLost(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const state = sqlState(error) ?? '';
  return (
    failedConnects.has(error) ||
    NO_DATABASE.test(state) ||
    NO_CONNECTION.test(state) ||
    (error instanceof Error && NO_CONNECTION_TEXT.test(error.message))
  );
}

/** Whether the database is down, full, too slow or stuck in conflicts: the same may succeed later. */
export function isUnavailable(error: unknown): boolean {
  if (isConnectionLost(error) || isStorageFault(error) || PASSING.test(sqlState(error) ?? '')) return true;
  return error instanceof Error && /read timeout/i.test(error.message);
}

/** Whether the server could not store something: its disk is full, broken or read-only (53100, class 58, 42501). */
export function isStorageFault(error: unknown): boolean {
  const state = sqlState(error) ?? '';
  if (/^(53100|58...)$/.test(state)) return true;
  return state === '42501' && error instanceof Error && /^could not .*\bfile\b/.test(error.message);
}

/** Whether the server on which this failed is going, or is no primary any more. */
export function isDemoted(error: unknown): boolean {
  return /^(25006|57P0[1-3])$/.test(sqlState(error) ?? '');
}

/** The five-character SQLSTATE of a PostgreSQL error, or the system code (ECONNREFUSED, ...) of a lost connection. */
export function sqlState(error: unknown): string | undefined {
  return errorCode(error instanceof QueryFailedError ? error.driverError : error);
}
