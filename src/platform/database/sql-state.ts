import { QueryFailedError } from 'typeorm';
import { errorCode } from '../errors/error-code';

/** Class 08, a server that starts or stops, too many connections; and what the system says of connections. */
const NO_CONNECTION =
  /^(08...|57P0[1-3]|53300|ECONN[A-Z]+|EHOST[A-Z]+|ENET[A-Z]+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** TypeORM gives the runner of a lost connection back at once: whoever is between two statements hears that. */
const NO_CONNECTION_TEXT =
  /Connection terminated|is not queryable|already released|timeout exceeded when trying to connect/i;

/** The database cannot be reached: whatever was asked, it is nobody's fault. */
export function isConnectionLost(error: unknown): boolean {
  return (
    NO_CONNECTION.test(sqlState(error) ?? '') || (error instanceof Error && NO_CONNECTION_TEXT.test(error.message))
  );
}

/** The five-character SQLSTATE of a PostgreSQL error, or the system code (ECONNREFUSED, ...) of a lost connection. */
export function sqlState(error: unknown): string | undefined {
  return errorCode(error instanceof QueryFailedError ? error.driverError : error);
}
