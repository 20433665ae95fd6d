/**
 * How often a search is repeated: `few` times in `npm test`, `all` of them with TEST_ROUNDS=full, as `.ci/run` has it.
 */
export function rounds({ few, all }: { readonly few: number; readonly all: number }): number {
  return process.env['TEST_ROUNDS'] === 'full' ? all : few;
}

/** So many of them, evenly spread, the last among them; with more than there are, all of them again and again. */
export function spread<T>(all: readonly T[], count: number): T[] {
  const stride = Math.max(1, all.length / count);
  return Array.from({ length: count }, (_, i) => all.at(-1 - (Math.floor(i * stride) % all.length))!);
}
