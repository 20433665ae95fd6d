const names = new Map<string, string>();

/**
 * Marks a statement that runs many times a second: each connection lets PostgreSQL parse and plan it once, when it first
 * sends it. For constant text only, of a module: what is marked is kept for good.
 */
export function prepared(text: string): string {
  if (!names.has(text)) names.set(text, `statement_${names.size}`);
  return text;
}

/** The name of a statement that was marked. */
export function preparedName(text: unknown): string | undefined {
  return typeof text === 'string' ? names.get(text) : undefined;
}
