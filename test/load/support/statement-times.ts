import type { AfterQueryEvent, DataSource, EntitySubscriberInterface } from 'typeorm';

export interface StatementTimes {
  /** Between the sending of statements and their answers. */
  readonly totalMs: number;
  /** The slowest first, all calls of a statement together. */
  readonly statements: readonly { readonly sql: string; readonly ms: number; readonly calls: number }[];
}

/** Where the time of this work goes, as far as it goes into statements; nothing else may use the database meanwhile. */
export async function timeStatements(dataSource: DataSource, work: () => Promise<void>): Promise<StatementTimes> {
  const spent = new Map<string, { ms: number; calls: number }>();
  const stopwatch: EntitySubscriberInterface = {
    afterQuery: ({ query, executionTime = 0 }: AfterQueryEvent) => {
      const { ms, calls } = spent.get(query) ?? { ms: 0, calls: 0 };
      spent.set(query, { ms: ms + executionTime, calls: calls + 1 });
    },
  };
  dataSource.subscribers.push(stopwatch);
  await work().finally(() => dataSource.subscribers.splice(dataSource.subscribers.indexOf(stopwatch), 1));
  const statements = [...spent].map(([sql, times]) => ({ sql: sql.replaceAll(/\s+/g, ' ').trim(), ...times }));
  statements.sort((a, b) => b.ms - a.ms);
  return { totalMs: statements.reduce((sum, { ms }) => sum + ms, 0), statements };
}
