import type { Answer } from './api';

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly detail: string }[];
}

/** Words for refusals, by their codes; `none` if there was no answer, `other` if the server says more. */
export type RefusalWords = Readonly<Record<string, string>> & { readonly none: string; readonly wait: string };

/** What a person should know of a refusal, in sentences. */
export function refusalOf({ status, body, retryAfter }: Answer, words: RefusalWords): string {
  if (status === 0) return words.none;
  const { code = '', detail = '', errors = [] } = (body ?? {}) as Problem;
  const known = words[code] ?? [detail, ...errors.map((one) => `${one.detail}.`)].filter(Boolean).join(' ');
  return retryAfter === undefined ? known : `${known} ${words.wait.replace('{n}', retryAfter)}`;
}

export function isDone({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
