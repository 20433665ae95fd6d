import { hash } from 'node:crypto';
import { Fault, RowName } from './fault';

/** The objects of a schema with their definitions, long ones as hashes. */
export type Schema = Readonly<Record<string, string>>;

/** What the migrations of this version make. */
export interface MadeByMigrations {
  readonly schema: Schema;
  /** Names of the migrations, oldest first. */
  readonly migrations: readonly string[];
}

/** Longer definitions are compared by their hash. */
const MAX_DEFINITION = 60;
const HASH_DIGITS = 16;
const MAX_SHOWN = 200;

/** `trigger ballots/ballots_2026_11.*_append_only`: of one partition among many that are alike. */
const OF_PARTITION = /^(\w+ \w+)\/(\w+)/;
/** The kind of an object, its table if it has one, and the rest of its name. */
const OBJECT = /^(\w+) (\w+(?:\/\w+)?)[. ]?(.*)$/s;
/** These kinds belong to no table. */
const WITHOUT_TABLE = ['function', 'role', 'setting'];

/** What the facts of a migrated database say about any database: partitions as one. */
export function schemaOf(facts: ReadonlyMap<string, string>): Schema {
  const entries = [...facts].map(([object, definition]) => [object.replace(OF_PARTITION, '$1/*'), short(definition)]);
  return Object.fromEntries(entries.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))) as Schema;
}

/**
 * The first difference between what the migrations make and what is there, or null. Tables of others are passed over.
 * Without the service's role there are no rights to compare.
 */
export function schemaFault(made: Schema, facts: ReadonlyMap<string, string>, role: string): Fault | null {
  const expected = expectedFrom(made, facts);
  const hasRole = facts.has(`role ${role}`);
  for (const [object, definition] of expected) {
    if (!hasRole && (object === `role ${role}` || object.endsWith(` to ${role}`))) continue;
    const found = facts.get(object);
    if (found === undefined) return faultOf(object, 'it is missing');
    const reason = `it is not as the migrations make it (${definition}): ${found.slice(0, MAX_SHOWN)}`;
    if (short(found) !== definition) return faultOf(object, reason);
  }
  for (const [object, definition] of facts) {
    if (expected.has(object) || !isOurs(object, made) || isRightOfTable(object, definition, made)) continue;
    return faultOf(object, `the migrations do not make it: ${definition.slice(0, MAX_SHOWN)}`);
  }
  return null;
}

/** Each partition must be like the pattern. */
function expectedFrom(made: Schema, facts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const partitions = [...facts.keys()].filter((object) => /^table \w+\//.test(object));
  const names = partitions.map((object) => object.slice(object.indexOf('/')));
  const expanded = Object.entries(made).flatMap(([object, definition]) => {
    if (!object.includes('/*')) return [[object, definition] as const];
    return names.map((name) => [object.replace('/*', name), definition] as const);
  });
  return new Map(expanded);
}

/** A month that was made after the migrations has the rights of later tables: no more than its table grants. */
function isRightOfTable(object: string, definition: string, made: Schema): boolean {
  const [, table, holder] = /^right (\w+)\/\w+ (to \w+)$/.exec(object) ?? [];
  return table !== undefined && made[`right ${table} ${holder}`] === definition;
}

function isOurs(object: string, made: Schema): boolean {
  const [, kind = '', table = ''] = OBJECT.exec(object) ?? [];
  if (WITHOUT_TABLE.includes(kind)) return true;
  return `table ${table.replace(/\/.*/, '')}` in made || object.startsWith('right later ');
}

function faultOf(object: string, reason: string): Fault {
  const [, kind = '', table = '', rest = ''] = OBJECT.exec(object) ?? [];
  const row: RowName = WITHOUT_TABLE.includes(kind)
    ? { table: 'the schema', key: { [kind]: table + rest } }
    : { table: table.replace(/.*\//, ''), key: { [kind]: rest === '' ? table : rest } };
  return new Fault('schema', row, reason, 'the schema');
}

function short(definition: string): string {
  if (definition.length <= MAX_DEFINITION && !/[\n']/.test(definition)) return definition;
  return `sha256:${hash('sha256', definition, 'hex').slice(0, HASH_DIGITS)}`;
}
