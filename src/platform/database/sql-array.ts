/**
 * Returns an array literal, for values that need no quoting, such as UUIDs, hex and numbers. The driver would scan each
 * element for characters to quote.
 */
export function sqlArray(values: readonly (string | number)[]): string {
  return `{${values.join(',')}}`;
}
