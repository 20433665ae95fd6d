import { page, type PageProps } from '../../page';
import { Fill } from '../../parts/fill';
import { instant } from '../../parts/format';
import { load, type PoolsData } from './data';

type Props = PageProps<PoolsData>;

export const pools = page<PoolsData>({
  path: '/pools',
  listed: true,
  load,
  head: ({ words }) => words.pools,
  Body: (props: Props) => {
    const { data, words } = props;
    return (
      <>
        <h1>{words.pools.title}</h1>
        <p class="lead">{words.pools.lead}</p>
        {data.items.length === 0 ? <p class="empty">{words.pools.none}</p> : <List {...props} />}
        <p class="actions">
          {data.nextCursor !== null && (
            <a role="button" class="secondary" rel="next" href={`?cursor=${data.nextCursor}`}>
              {words.pools.older}
            </a>
          )}
          {data.isOlder && <a href="pools">{words.pools.newest}</a>}
        </p>
      </>
    );
  },
});

function List({ data, words: { pools: words }, facts: { language } }: Props) {
  return (
    <ul class="cards">
      {data.items.map((pool) => (
        <li key={pool.id}>
          <h2>
            <a href={`/${language}/pools/${pool.id}`}>{instant(pool.opensAt, language)}</a>
          </h2>
          <p>
            <span class="state" data-state={pool.state}>
              {words.states[pool.state]}
            </span>
          </p>
          <Fill n={pool.entryCount} size={pool.size} words={words} language={language} />
        </li>
      ))}
    </ul>
  );
}
