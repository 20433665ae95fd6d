const names = new Map<string, string>();

/**
 * Marks a statement that runs many times a second: each connection of ours (`ImpatientClient`) lets PostgreSQL parse it once,
 * and after five runs PostgreSQL mostly keeps one plan (its manual, PREPARE). For constant text only, of a module: what is
 * marked is kept for good.
 */
export function prepared(text: string): string {
  if (!names.has(text)) names.set(text, `statement_${names.size}`);
  return text;
}

/** The name of a statement that was marked. */
export function preparedName(text: unknown): string | undefined {
  return typeof text === 'string' ? names.get(text) : undefined;
}
