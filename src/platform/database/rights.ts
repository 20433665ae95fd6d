/**
 * What the service may do as its role, table by table; `update (column)` is all of a row that it may change. Locking a
 * row takes the right to update something of it. Each `*.table.ts` declares the rights of its tables beside the
 * columns.
 */
export type Rights = Readonly<Record<string, readonly string[]>>;

export const READ = ['select'];
export const APPEND = ['select', 'insert'];

/** The right to change these columns. */
export function update(...columns: readonly string[]): string[] {
  return columns.map((column) => `update (${column})`);
}
