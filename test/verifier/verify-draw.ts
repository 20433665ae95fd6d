import { type Inputs, type Report, verify } from '../../verifier/core/verify.mjs';
import type { Bundle, BuiltDraw } from './bundle-builder';

export type Evidence = Partial<Inputs> & { list?: string | null };

/** The report on a built draw with its list and its chain; `evidence` replaces or adds to what is given. */
export function verifyDraw(draw: BuiltDraw, { list = draw.ballots, ...evidence }: Evidence = {}): Promise<Report> {
  const ballots = list === null ? {} : { ballots: chunks(list) };
  return verify({ bundle: draw.json, key: draw.key, chain: draw.chain.info, ...ballots, ...evidence });
}

/** The step that failed, with its reason; null for a draw that verifies. */
export function failureOf({ checks, assurance }: Report): string | null {
  const failed = checks.filter(({ status }) => status === 'failed');
  expect(failed).toHaveLength(assurance ? 0 : 1);
  const last = checks.at(-1);
  return assurance || !last ? null : `${last.step}: ${last.reason}`;
}

/** Why the draw does not verify once its bundle, though not what is signed, was changed. */
export async function failureAfter(draw: BuiltDraw, change: (bundle: Bundle) => unknown): Promise<string | null> {
  const bundle = structuredClone(draw.bundle);
  change(bundle);
  return failureOf(await verifyDraw(draw, { bundle: JSON.stringify(bundle) }));
}

/** The bytes of a text, cut into chunks of this length. */
export async function* chunks(text: string, length = 1000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8');
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}
