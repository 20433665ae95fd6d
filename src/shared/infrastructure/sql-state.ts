import { QueryFailedError } from 'typeorm';
import { errorCode } from './error-code';

/** The five-character SQLSTATE of a PostgreSQL error, or the system code (ECONNREFUSED, ...) of a lost connection. */
export function sqlState(error: unknown): string | undefined {
  return errorCode(error instanceof QueryFailedError ? error.driverError : error);
}
