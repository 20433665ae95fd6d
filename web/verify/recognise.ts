export type Part = 'bundle' | 'ballots' | 'receipt' | 'proof';

/** Enough to see what a file is: the format stands at the beginning of a bundle, and a list begins with a ballot. */
const HEAD_BYTES = 4096;
const BALLOT_LINE = /^\d{1,15} [0-9a-f]{8}-[0-9a-f-]{27} [0-9a-f]{32} /;

/** What a file that somebody dropped is, by its content, or by its name where that says nothing. */
export async function recognise(file: File): Promise<Part | null> {
  const head = (await file.slice(0, HEAD_BYTES).text()).trimStart();
  if (BALLOT_LINE.test(head)) return 'ballots';
  if (head.startsWith('{') && /"format"\s*:\s*"lottery-bundle\//.test(head)) return 'bundle';
  if (head.startsWith('{') && /"line"\s*:/.test(head)) return /"proof"\s*:\s*\[/.test(head) ? 'proof' : 'receipt';
  return byName(file.name);
}

function byName(name: string): Part | null {
  const lower = name.toLowerCase();
  return (['bundle', 'ballots', 'receipt', 'proof'] as const).find((part) => lower.includes(part)) ?? null;
}
