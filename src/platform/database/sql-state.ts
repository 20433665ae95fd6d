import { QueryFailedError } from 'typeorm';
import { errorCode } from '../errors/error-code';

/** Class 08, a server that starts or stops, too many connections; and the system's errors of connections. */
const NO_CONNECTION =
  /^(08...|57P0[1-3]|53300|ECONN[A-Z]+|EHOST[A-Z]+|ENET[A-Z]+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** TypeORM releases the runner of a lost connection at once; code between two statements gets this error. */
const NO_CONNECTION_TEXT =
  /Connection terminated|is not queryable|already released|timeout exceeded when trying to connect/i;

/** Whether the database cannot be reached, which is no statement's fault. */
export function isConnectionLost(error: unknown): boolean {
  return (
    NO_CONNECTION.test(sqlState(error) ?? '') || (error instanceof Error && NO_CONNECTION_TEXT.test(error.message))
  );
}

/** The five-character SQLSTATE of a PostgreSQL error, or the system code (ECONNREFUSED, ...) of a lost connection. */
export function sqlState(error: unknown): string | undefined {
  return errorCode(error instanceof QueryFailedError ? error.driverError : error);
}
