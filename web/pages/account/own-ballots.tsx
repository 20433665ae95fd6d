import { useEffect, useState } from 'preact/hooks';
import type { Of } from '../../client/api';
import { isDone, refusalOf } from '../../client/problem';
import { day, instant, number } from '../../parts/format';
import type { AccountProps, OwnProps } from './props';

type Page = Of<'/users/me/ballots'>;

/** A person's ballots, newest lottery first, a page at a time. */
export function OwnBallots({ session, language, words }: OwnProps) {
  const [items, setItems] = useState<Page['items']>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [state, setState] = useState<'loading' | 'ready' | { readonly refusal: string }>('loading');

  async function load(after: string | null): Promise<void> {
    setState('loading');
    const answer = await session.ask(
      `/users/me/ballots${after === null ? '' : `?cursor=${encodeURIComponent(after)}`}`,
    );
    if (!isDone(answer)) {
      setState({ refusal: refusalOf(answer, words.errors) });
      return;
    }
    const page = answer.body as Page;
    setItems((before) => [...before, ...page.items]);
    setCursor(page.nextCursor);
    setState('ready');
  }

  useEffect(() => void load(null), []);

  return (
    <section aria-labelledby="ballots">
      <h2 id="ballots">{words.ballots}</h2>
      {state === 'ready' && items.length === 0 && <p class="empty">{words.noBallots}</p>}
      {items.length > 0 && <Table items={items} language={language} words={words} />}
      {state === 'loading' && <p aria-busy="true">{words.working}</p>}
      {typeof state === 'object' && (
        <p role="alert">
          {state.refusal}{' '}
          <button type="button" class="link" onClick={() => void load(cursor)}>
            {words.again}
          </button>
        </p>
      )}
      {state === 'ready' && cursor !== null && (
        <button type="button" class="secondary" onClick={() => void load(cursor)}>
          {words.older}
        </button>
      )}
    </section>
  );
}

function Table({ items, language, words }: AccountProps & Pick<Page, 'items'>) {
  return (
    <div class="scroll" role="group" aria-labelledby="ballots" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.lottery}</th>
            <th scope="col" class="number">
              {words.place}
            </th>
            <th scope="col">{words.at}</th>
            <th scope="col">{words.ballot}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, lotteryDate, index, submittedAt }) => (
            <tr key={id}>
              <th scope="row">
                <a href={`/${language}/lottery/${lotteryDate}`}>{day(lotteryDate, language, 'short')}</a>
              </th>
              <td class="number">{number(index, language)}</td>
              <td>{instant(submittedAt, language)}</td>
              <td>
                <code>{id}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
