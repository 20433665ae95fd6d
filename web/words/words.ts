import { en, type Words } from './en';
import { es } from './es';

export type { Words };

const ALL: Readonly<Record<string, Words>> = { en, es };

/** Languages of the pages, the first for whoever asks for none of them. */
export const LANGUAGES: readonly string[] = Object.keys(ALL);

/** @param language one of `LANGUAGES`; the words of any other are English. */
export function wordsIn(language: string): Words {
  return ALL[language] ?? en;
}
