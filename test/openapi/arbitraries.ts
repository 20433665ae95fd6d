import fc from 'fast-check';
import type { JsonSchema, OpenApiDocument } from '../support/openapi-document';

const EPOCH_1990 = new Date('1990-01-01T00:00:00Z');
const END_OF_2099 = new Date('2099-12-31T00:00:00Z');
/** Enough to meet every bound of the document, little enough to be fast. */
const MAX_ITEMS = 3;
const MAX_TEXT = 300;

/** What often breaks somebody: empty, blank, control characters, injections, edges of numbers and of the calendar. */
const JUNK: readonly unknown[] = [
  ...['', ' ', '\u0000', '\u0007', '\u202e', 'é', '🎲'.repeat(60), 'a\ufe0f'.repeat(80), '\ud800', 'null', '__proto__'],
  ...["' or 1=1--", '../../etc/passwd', '%00', '%2e%2e', '..', '{}', '1e3', '0x10', '007', '-1', '-0', '1.5', '+1'],
  ...['2026-02-30', '0000-01-01', '9999-12-31', '2026-11-21T00:00:00Z', 'Today', 'x'.repeat(129), 'x'.repeat(5_000)],
  ...['9007199254740993', '999999999999999', '1000000000000000', '00000000-0000-0000-0000-00000000000g'],
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e15,
    2 ** 53,
    -(2 ** 53),
    1e300,
    [],
    {},
    [null],
    [['lottery.drawn']],
    { length: 8 },
  ],
];

export const junk = (): fc.Arbitrary<unknown> => fc.oneof(fc.constantFrom(...JUNK), fc.jsonValue({ maxDepth: 2 }));

/** Values that this schema allows. */
export function allowedBy(schema: JsonSchema, document: OpenApiDocument): fc.Arbitrary<unknown> {
  const of = (inner: JsonSchema) => allowedBy(inner, document);
  const { $ref, type } = schema;
  if ($ref !== undefined) return of(document.components.schemas[$ref.slice($ref.lastIndexOf('/') + 1)] as JsonSchema);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(of));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (Array.isArray(type)) return fc.oneof(...(type as string[]).map((one) => of({ ...schema, type: one })));
  switch (type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer(bounds(schema));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(of(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: MAX_ITEMS });
    case 'object':
      return fields(schema, of);
    default:
      throw new Error(`no values are known for ${JSON.stringify(schema)}`);
  }
}

function fields({ properties = {}, required = [] }: JsonSchema, of: (schema: JsonSchema) => fc.Arbitrary<unknown>) {
  const model = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, of(schema)]));
  return fc.record(model, { requiredKeys: [...required] });
}

function bounds({ minimum = -1_000, maximum = 1_000_000 }: JsonSchema) {
  return { min: minimum, max: maximum };
}

function text({ format, pattern, minLength = 0, maxLength = MAX_TEXT }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date') return fc.date({ min: EPOCH_1990, max: END_OF_2099, noInvalidDate: true }).map(dayOf);
  const fits = (one: string) =>
    (pattern === undefined || new RegExp(pattern, 'u').test(one)) &&
    minLength <= [...one].length &&
    [...one].length <= maxLength;
  if (format === 'idn-email') return fc.emailAddress().filter(fits);
  const size = { minLength, maxLength: Math.min(maxLength, MAX_TEXT) };
  // What merely excludes characters is met by most text; all else is made from the pattern.
  if (pattern === undefined || pattern.startsWith('^[^'))
    return fc
      .oneof(fc.string(size), fc.string({ ...size, unit: 'binary' }), fc.string({ ...size, size: 'max' }))
      .filter(fits);
  return fc.stringMatching(new RegExp(inAscii(pattern)), { size: '+1' }).filter(fits);
}

/** The library makes no strings for classes of Unicode: a few of their members stand for them. */
function inAscii(pattern: string): string {
  return pattern.replaceAll('\\p{L}', 'a-zA-Zßéπжש中').replaceAll('\\p{N}', '0-9٣');
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
