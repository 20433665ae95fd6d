import { demand } from '../domain/fault';
import { MadeByMigrations, schemaFault } from '../domain/schema';
import type { Records } from './records';

const TIMESTAMP = /\d+$/;

/** Checks that tables, constraints, triggers, functions and rights are those that this version's migrations make. */
export class CheckSchema {
  constructor(
    private readonly records: Records,
    private readonly made: MadeByMigrations,
  ) {}

  /** Whether it is a database of this version, which all other checks rely on. @throws Fault */
  async migrations(): Promise<void> {
    const ran = await this.records.migrations();
    for (const [i, { name, timestamp }] of ran.entries()) {
      const row = { table: 'migrations', key: { name } };
      const reason = 'it is not the one that this version of the service has in its place';
      demand(this.made.migrations[i] === name, 'schema', row, reason);
      demand(TIMESTAMP.exec(name)?.[0] === timestamp, 'schema', row, `timestamp is ${timestamp}`);
    }
    const missing = this.made.migrations[ran.length];
    demand(missing === undefined, 'schema', { table: 'migrations', key: { name: missing ?? '' } }, 'it is missing');
  }

  /** @throws Fault */
  async objects(): Promise<void> {
    const { facts, role } = await this.records.schema();
    const fault = schemaFault(this.made.schema, facts, role);
    if (fault) throw fault;
  }
}
