import { hashOfSpans, LeafRange, Span, spansOf } from '../domain/merkle-proof';

/** Returns the stored hashes of these spans, each complete and in order. */
export type ReadSpans = (spans: readonly Span[]) => Promise<ReadonlyMap<Span, readonly Buffer[]>>;

/** Returns the hash of each of these ranges of leaves, from stored hashes that are read at once. */
export async function hashesOf(ranges: readonly LeafRange[], read: ReadSpans): Promise<Buffer[]> {
  const spans = ranges.map(spansOf);
  const stored = await read(spans.flat());
  return spans.map((ofRange) => hashOfSpans(ofRange.map((span) => stored.get(span) ?? [])));
}
