import { Client, escapeIdentifier } from 'pg';
import type { DataSource, Logger } from 'typeorm';
import { createDataSource } from '../../../src/data-source';

/** A node of a plan, as `explain (analyze, format json)` has it. Numbers are means of its loops. */
interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Plan[];
}

export interface ExplainedStatement {
  readonly sql: string;
  /** From the outermost inwards, each with its index or table and the rows that it read. */
  readonly nodes: readonly string[];
  /** Rows or index entries of ballots that its nodes read, those that a filter dropped included. */
  readonly ballotsRead: number;
}

/** PostgreSQL explains each statement after it has executed it, also those inside triggers and functions. */
const SETTINGS = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_format': 'json',
  'auto_explain.log_level': 'notice',
};

/** Runs the work on a connection of its own; returns each statement that PostgreSQL executed, with what it really did. */
export async function explainWhile(
  url: string,
  work: (dataSource: DataSource) => Promise<unknown>,
): Promise<ExplainedStatement[]> {
  const statements: ExplainedStatement[] = [];
  await change(
    url,
    Object.entries(SETTINGS).map(([name, value]) => `set ${name} = '${value}'`),
  );
  const dataSource = createDataSource({ url, poolSize: 1 }).setOptions({
    logNotifications: true,
    logger: listener((notice) => {
      const plan = /plan:\s*(\{.*\})\s*$/s.exec(notice)?.[1];
      if (plan !== undefined) statements.push(explained(JSON.parse(plan) as { 'Query Text': string; Plan: Plan }));
    }),
  });
  try {
    await dataSource.initialize();
    statements.length = 0;
    await work(dataSource);
    return [...statements];
  } finally {
    await dataSource.destroy();
    await change(
      url,
      Object.keys(SETTINGS).map((name) => `reset ${name}`),
    );
  }
}

/** For the sessions of this database that begin from now on. */
async function change(url: string, changes: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const name = escapeIdentifier(decodeURIComponent(new URL(url).pathname.slice(1)));
  for (const one of changes) await client.query(`alter database ${name} ${one}`);
  await client.end();
}

function listener(hear: (message: string) => void): Logger {
  const ignore = () => undefined;
  return {
    logQuery: ignore,
    logQueryError: ignore,
    logQuerySlow: ignore,
    logSchemaBuild: ignore,
    logMigration: ignore,
    log: (_, message) => hear(String(message)),
  };
}

function explained({ 'Query Text': sql, Plan: plan }: { 'Query Text': string; Plan: Plan }): ExplainedStatement {
  const plans = [...flatten(plan)];
  return {
    sql: sql.replaceAll(/\s+/g, ' ').trim(),
    nodes: plans.map((node) => {
      const what = [node['Node Type'], node['Index Name'] ?? node['Relation Name']].filter(Boolean).join(' ');
      return `${what} (${rowsRead(node)})`;
    }),
    ballotsRead: plans.filter(readsBallots).reduce((sum, node) => sum + rowsRead(node), 0),
  };
}

function* flatten(plan: Plan): Generator<Plan> {
  yield plan;
  for (const child of plan.Plans ?? []) yield* flatten(child);
}

/** A scan of any kind of a partition; a node that inserts into one reads nothing of it. */
function readsBallots(node: Plan): boolean {
  return node['Node Type'].endsWith('Scan') && /^ballots(_|$)/.test(node['Relation Name'] ?? '');
}

function rowsRead(node: Plan): number {
  const dropped = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return Math.round((node['Actual Rows'] + dropped) * node['Actual Loops']);
}
