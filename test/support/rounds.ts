/** How often a search is repeated: `few` times in `npm test`, `all` of them with TEST_ROUNDS=full, as `.ci/run` has it. */
export function rounds({ few, all }: { readonly few: number; readonly all: number }): number {
  return process.env['TEST_ROUNDS'] === 'full' ? all : few;
}
