/**
 * Documents the exact form of an input, as `x-exact`, beside a schema that allows more, because generators do not
 * understand the exact one.
 */
export function exactSchema(schema: object): object {
  return { 'x-exact': schema };
}
