import { page } from '../../page';
import type { Words } from '../../words/words';

/** What is shown in the place of a page: it says what is wrong and what to do next. */
export interface ErrorData {
  readonly status: number;
}

type Known = '404' | '429' | '500' | '503';

function textOf({ status }: ErrorData, { layout: { errors } }: Words) {
  return errors[(String(status) in errors ? String(status) : '500') as Known];
}

export const error = page<ErrorData>({
  // No request leads here.
  path: '',
  listed: false,
  load: async () => ({ status: 500 }),
  head: ({ data, words }) => ({ title: textOf(data, words).title, description: textOf(data, words).text }),
  Body: ({ data, words, facts: { language } }) => (
    <section class="error">
      <p class="kicker">{data.status}</p>
      <h1>{textOf(data, words).title}</h1>
      <p>{textOf(data, words).text}</p>
      <h2>{words.layout.errors.next}</h2>
      <ul>
        {data.status !== 404 && (
          <li>
            <a href="">{words.layout.errors.again}</a>
          </li>
        )}
        <li>
          <a href={`/${language}/`}>{words.layout.errors.today}</a>
        </li>
        <li>
          <a href={`/${language}/lotteries`}>{words.layout.errors.all}</a>
        </li>
      </ul>
    </section>
  ),
});
