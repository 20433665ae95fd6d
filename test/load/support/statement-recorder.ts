import type { DataSource, Logger } from 'typeorm';

interface Statement {
  readonly sql: string;
  readonly parameters: unknown[];
}

const EXPLAINABLE = /^\s*(select|insert|update|delete|with)\b/i;

/** Notes every statement that the work sends. */
export async function recordStatements(dataSource: DataSource, work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const ignore = () => undefined;
  const before = dataSource.logger;
  dataSource.logger = {
    logQuery: (sql, parameters = []) => {
      if (EXPLAINABLE.test(sql)) statements.push({ sql, parameters: parameters as unknown[] });
    },
    logQueryError: ignore,
    logQuerySlow: ignore,
    logSchemaBuild: ignore,
    logMigration: ignore,
    log: ignore,
  } satisfies Logger;
  await work().finally(() => (dataSource.logger = before));
  return statements;
}
