import type { DataSource, Logger } from 'typeorm';

interface Statement {
  readonly sql: string;
  readonly parameters: unknown[];
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

export interface ExplainedStatement {
  readonly sql: string;
  /** From the outermost inwards, each with its index or table. */
  readonly nodes: readonly string[];
  readonly scansAllBallots: boolean;
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

/** How PostgreSQL executes the statement, with these very parameters. */
export async function explain(dataSource: DataSource, { sql, parameters }: Statement): Promise<ExplainedStatement> {
  const [row] = await dataSource.query<[{ 'QUERY PLAN': [{ Plan: Plan }] }]>(
    `explain (format json) ${sql}`,
    parameters,
  );
  const plans = [...flatten(row['QUERY PLAN'][0].Plan)];
  return {
    sql: sql.replaceAll(/\s+/g, ' ').trim(),
    nodes: plans.map((plan) =>
      [plan['Node Type'], plan['Index Name'] ?? plan['Relation Name']].filter(Boolean).join(' '),
    ),
    scansAllBallots: plans.some((plan) => plan['Node Type'] === 'Seq Scan' && isBallots(plan['Relation Name'])),
  };
}

function* flatten(plan: Plan): Generator<Plan> {
  yield plan;
  for (const child of plan.Plans ?? []) yield* flatten(child);
}

/** A partition with ballots; the default one is empty here. */
function isBallots(relation = ''): boolean {
  return relation.startsWith('ballots') && relation !== 'ballots_default';
}
