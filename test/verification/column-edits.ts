import type { Client } from 'pg';

/** A column of a table, as the catalogue of the database describes it. */
export interface Column {
  readonly table: string;
  readonly name: string;
  /** As `format_type` writes it. */
  readonly type: string;
  readonly nullable: boolean;
}

/** Every column of every table; partitions through their parents. */
export async function everyColumn(client: Client): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    select relname as table, attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and attnum > 0 and not attisdropped
    order by relname, attnum`);
  return rows.map((row) => ({ ...row, nullable: String(row.nullable) === 't' }));
}

/** SQL of plausible other values, by type; `c` is the column. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  uuid: [`overlay(c::text placing translate(right(c::text, 1), '0123456789abcdef', '123456789abcdef0') from 36)::uuid`],
  text: [
    `(select c2 from others where c2 is distinct from c order by c2 limit 1)`,
    `case when c ~ '[a-y]' then regexp_replace(c, '[a-y]', 'z') else c || 'z' end`,
  ],
  integer: ['c + 1000', 'c + 1', 'c - 1'],
  smallint: ['c + 100', 'c + 1', 'c - 1'],
  bigint: ['c + 1000000', 'c + 1', 'c - 1'],
  boolean: ['not c'],
  'character varying': [`c || 'z'`],
  date: ['c + 1'],
  'timestamp with time zone': [`c + interval '1 second'`, `c - interval '1 day'`],
  bytea: [`set_byte(c, 0, 255 - get_byte(c, 0))`],
  jsonb: [`c || '{"reason": "forged"}'`, `'{}'`],
  'uuid[]': ['c || gen_random_uuid()'],
  'bigint[]': ['array_append(c[2:], c[1] + 1)'],
  'text[]': [`c || 'x'::text`],
};

/** Words that the constraints know, by the name of a column. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  state: ['open', 'sealed', 'drawn', 'void', 'frozen', 'voided'],
  currency: ['EUR'],
  status: ['pending', 'delivered', 'failed'],
  kind: ['ballots', 'ids', 'checkpoints'],
};

/** What stands where nothing stood. */
const FIRST: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  text: `'something'`,
  integer: '1',
  bigint: '1',
  'timestamp with time zone': `date_trunc('milliseconds', now())`,
  bytea: `decode(repeat('ab', 32), 'hex')`,
  'uuid[]': `'{}'`,
  'bigint[]': `'{0}'`,
};

/** The edits of a column, as SQL, for up to so many rows: of different values, those with a value first. */
export async function editsOf(client: Client, column: Column, count: number): Promise<string[][]> {
  const { table, name, type, nullable } = column;
  const quoted = `"${name}"`;
  const { rows } = await client.query<{ place: string; void: string }>(`
    select tableoid || ',' || ctid as place, ${quoted} is null as void,
      row_number() over (partition by ${quoted} order by md5(ctid::text)) as rank
    from "${table}" order by rank, void limit ${count}`);
  return rows.map(({ place, void: isVoid }) => {
    const [oid = '', ...at] = place.split(',');
    const where = `tableoid = ${oid} and ctid = '${at.join(',')}'`;
    const values = isVoid === 't' ? [FIRST[type] ?? ''] : [...othersOf(column), ...(nullable ? ['null'] : [])];
    return values.map((value) => {
      const isOther = `${quoted} is distinct from (${value})`;
      return `update "${table}" set ${quoted} = ${value} where ${where} and ${isOther}`;
    });
  });
}

function othersOf({ table, name, type }: Column): string[] {
  const quoted = `"${name}"`;
  return [...(WORDS[name] ?? []).map((word) => `'${word}'`), ...(OTHERS[type] ?? [])].map((value) =>
    value.replace('others', `(select ${quoted} as c2 from "${table}") as o`).replaceAll(/\bc\b/g, quoted),
  );
}
