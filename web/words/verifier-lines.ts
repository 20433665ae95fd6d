import type { Reader } from '../verify/reader';
import { verifierLines as es } from './es/verifier-lines';
import type { Words } from './words';

/** The verifier's own sentences in languages that are not its own. */
const LINES: Readonly<Record<string, Readonly<Record<string, string>>>> = { es };

/** For whom the verification on a page is shown. */
export function readerOf(language: string, { verify }: Words): Reader {
  return { language, words: verify, verifierLines: LINES[language] ?? {} };
}
