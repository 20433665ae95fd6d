import { page, type PageProps } from '../../page';
import { month } from '../../parts/format';
import { LotteryTable } from '../../parts/lottery-table';
import { load, STATES, type LotteriesData, type State } from './data';

type Props = PageProps<LotteriesData>;

export const lotteries = page<LotteriesData>({
  path: '/lotteries',
  listed: true,
  load,
  head: ({ words }) => words.lotteries,
  Body: ({ data, words, facts }: Props) => (
    <>
      <h1>{words.lotteries.title}</h1>
      <Filter data={data} words={words} facts={facts} />
      {data.months.length === 0 && <p class="empty">{words.lotteries.none}</p>}
      {data.months.map((one) => (
        <section key={one.month} aria-labelledby={`m${one.month}`}>
          <h2 id={`m${one.month}`}>{month(one.month, facts.language)}</h2>
          <LotteryTable lotteries={one.lotteries} words={words} language={facts.language} />
        </section>
      ))}
      <p class="actions">
        {data.nextCursor !== null && (
          <a role="button" class="secondary" rel="next" href={address(data.state, data.nextCursor)}>
            {words.lotteries.older}
          </a>
        )}
        {data.isOlder && <a href={address(data.state)}>{words.lotteries.newest}</a>}
      </p>
    </>
  ),
});

/** Links, so that each list has an address and no button is needed. */
function Filter({ data, words, facts }: Props) {
  const { language } = facts;
  return (
    <nav class="filter" aria-label={words.lotteries.filter}>
      <ul>
        {[null, ...STATES].map((state) => (
          <li key={state}>
            <a
              href={state === null ? `/${language}/lotteries` : address(state)}
              aria-current={state === data.state ? 'true' : undefined}
            >
              {state === null ? words.lotteries.every : words.layout.state[state]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function address(state: State | null, cursor?: string): string {
  const query = [state === null ? '' : `state=${state}`, cursor === undefined ? '' : `cursor=${cursor}`];
  return `?${query.filter((part) => part !== '').join('&')}`;
}
