/** A text that depends on a number, by the categories of CLDR; `other` is for those that a language does not tell apart. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/** Fills `{name}` in a text; a number is written as the language writes it, and `n` chooses the plural. */
export function say(
  text: string | Plural,
  language: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const chosen = typeof text === 'string' ? text : pluralOf(text, language, values['n']);
  return chosen.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  });
}

function pluralOf(text: Plural, language: string, n: string | number | undefined): string {
  return new Intl.PluralRules(language).select(Number(n)) === 'one' ? text.one : text.other;
}
