import type { VerifyWords } from '../words/en/verify';

/** For whom the verification is shown: words of the language, and the verifier's sentences in it where it is not English. */
export interface Reader {
  readonly language: string;
  readonly words: VerifyWords;
  readonly verifierLines: Readonly<Record<string, string>>;
}

/** The text with its braces filled in. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (braces, name: string) => values[name] ?? braces);
}

/** @param day YYYY-MM-DD */
export function dayIn({ language }: Reader, day: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}

export function count({ language }: Reader, number: number): string {
  return new Intl.NumberFormat(language).format(number);
}

/** Today, UTC, as YYYY-MM-DD. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
