/** Longer lists are no list of languages that somebody reads. */
const MAX_RANGES = 20;

/**
 * The language that the reader wants most (RFC 9110 section 12.5.4, RFC 4647 lookup): `es-MX` is content with `es`.
 * The first of ours if there is none.
 */
export function languageFor(accepted: string | undefined, languages: readonly string[]): string {
  const [first = ''] = languages;
  const wanted = (accepted ?? '')
    .split(',')
    .slice(0, MAX_RANGES)
    .map(rangeOf)
    .filter(({ quality }) => quality > 0)
    // Stable: of two that are as welcome, the one that is named first.
    .sort((one, other) => other.quality - one.quality);
  for (const { name } of wanted) {
    const found = languages.find((language) => name === language || name.startsWith(`${language}-`));
    if (found !== undefined) return found;
    if (name === '*') return first;
  }
  return first;
}

function rangeOf(text: string): { readonly name: string; readonly quality: number } {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  return { name, quality: /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(quality) ? Number(quality) : 0 };
}
