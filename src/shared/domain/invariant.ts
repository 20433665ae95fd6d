/**
 * States what must be true at this point.
 *
 * @throws Error if it is not: a defect of ours, never something that a client did.
 */
export function invariant(condition: unknown, statement: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${statement}`);
}
