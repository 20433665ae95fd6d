import { QueryFailedError } from 'typeorm';

/** The five-character SQLSTATE of a PostgreSQL error, or the system code (ECONNREFUSED, ...) of a lost connection. */
export function sqlState(error: unknown): string | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return codeOf(cause);
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
