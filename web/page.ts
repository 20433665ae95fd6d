import type { ComponentType } from 'preact';
import type { Api } from './client/api';
import type { Facts, PageRequest } from './facts';
import type { Words } from './words/words';

/** What a page's component is given. */
export interface PageProps<Data> {
  readonly data: Data;
  readonly words: Words;
  readonly facts: Facts;
}

/** In the place of a page: another one has what was asked for. */
export class Elsewhere extends Error {
  readonly status = 302;

  /** @param path without the language. */
  constructor(readonly path: string) {
    super(`It is at ${path}.`);
  }
}

/** One page: where it is, what it asks the API for, what it shows. */
export interface Page<Data = unknown> {
  /** Without the language; `:name` is a parameter. */
  readonly path: string;
  /** Whether search engines may list it. */
  readonly listed: boolean;
  readonly load: (api: Api, request: PageRequest) => Promise<Data>;
  /** For the head: the title, and a sentence for previews. */
  readonly head: (props: PageProps<Data>) => { readonly title: string; readonly description: string };
  readonly Body: ComponentType<PageProps<Data>>;
}

/** For the table of pages, in which each has data of its own. */
export function page<Data>(given: Page<Data>): Page {
  return given as unknown as Page;
}
