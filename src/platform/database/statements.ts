const names = new Map<string, string>();

/**
 * Marks a statement that runs many times a second: each connection (`TimeoutClient`) has PostgreSQL parse it once,
 * and after five runs PostgreSQL mostly keeps one plan (its manual, PREPARE). For constant texts of modules only:
 * marked statements are never removed.
 */
export function prepared(text: string): string {
  if (!names.has(text)) names.set(text, `statement_${names.size}`);
  return text;
}

const behind = new Set<string>();

/**
 * Marks a prepared statement whose result nobody needs: it is sent with the next statement of its transaction or with
 * the commit, which fails if it does.
 */
export function writtenBehind(text: string): string {
  behind.add(text);
  return prepared(text);
}

/** Whether the statement may be sent with the next one. */
export function isWrittenBehind(text: string): boolean {
  return behind.has(text);
}

/** The name of a marked statement. */
export function preparedName(text: unknown): string | undefined {
  return typeof text === 'string' ? names.get(text) : undefined;
}

/**
 * Returns an array literal, for values that need no quoting, such as UUIDs, hex and numbers. The driver would scan each
 * element for characters to quote.
 */
export function sqlArray(values: readonly (string | number)[]): string {
  return `{${values.join(',')}}`;
}
