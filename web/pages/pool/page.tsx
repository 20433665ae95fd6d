import { page, type PageProps } from '../../page';
import { Assurance } from '../../parts/assurance';
import { Fill } from '../../parts/fill';
import { number, units } from '../../parts/format';
import { Timeline } from '../../parts/timeline';
import { say } from '../../words/say';
import { load, type PoolData } from './data';

type Props = PageProps<PoolData>;

/** Enough to tell pools apart by the eye. */
const ID_SHOWN = 8;

export const pool = page<PoolData>({
  path: '/pools/:id',
  listed: false,
  load,
  head: ({ data, words, facts }) => ({
    title: say(words.pools.one, facts.language, { id: data.id.slice(-ID_SHOWN) }),
    description: words.pools.description,
  }),
  Body: (props: Props) => {
    const { data, words, facts } = props;
    const { language } = facts;
    return (
      <>
        <p class="kicker">
          <a href={`/${language}/pools`}>{words.pools.title}</a>
        </p>
        <h1>{say(words.pools.one, language, { id: data.id.slice(-ID_SHOWN) })}</h1>
        <Fill n={data.entryCount} size={data.size} words={words.pools} language={language} />
        <Facts {...props} />
        <Award {...props} />
        <section aria-labelledby="timeline">
          <h2 id="timeline">{words.lottery.timeline}</h2>
          <Timeline
            notes={data.notes}
            opensAt={data.opensAt}
            isVoid={data.state === 'void'}
            words={words.lottery.steps}
            language={language}
          />
        </section>
        {data.assurance && <Assurance assurance={data.assurance} words={words.lottery.assurance} language={language} />}
        <Entries {...props} />
        <Downloads {...props} />
      </>
    );
  },
});

function Facts({ data, words: { pools: words }, facts: { language } }: Props) {
  const rows = [
    [words.state, words.states[data.state]],
    [words.pool, <code>{data.id}</code>],
    [words.game, <code>{data.gameId}</code>],
    [words.pot, units(data.pot, language)],
    [
      words.share,
      new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(data.payoutShare / 10_000),
    ],
  ] as const;
  return (
    <section>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Award({ data: { winner, award }, words: { pools: words }, facts: { language } }: Props) {
  return (
    <section aria-labelledby="winner">
      <h2 id="winner">{words.winner}</h2>
      {winner === null ? (
        <p class="empty">{words.noWinner}</p>
      ) : (
        <article class="winner">
          <p class="name">
            <span class="ball">{number(winner.index, language)}</span>
          </p>
          <p>
            {words.player}: <code>{winner.player}</code>
          </p>
          {award && (
            <p>
              {words.award}: {units(award.winSum, language)} · {words.house}: {units(award.house, language)}
            </p>
          )}
        </article>
      )}
    </section>
  );
}

function Entries({ data, words: { pools: words }, facts: { language } }: Props) {
  if (data.entries.items.length === 0) return <p class="empty">{words.noEntries}</p>;
  return (
    <details>
      <summary>{words.list}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.place}</th>
            <th scope="col">{words.player}</th>
            <th scope="col" class="number">
              {words.stake}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.entries.items.map((entry) => (
            <tr key={entry.id}>
              <th scope="row">{number(entry.index, language)}</th>
              <td>
                <a href={`/ballots/${entry.id}/proof`}>
                  <code>{entry.player}</code>
                </a>
              </td>
              <td class="number">{units(entry.stake, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Downloads({
  data: { id, notes },
  words: {
    lottery: { downloads: words },
  },
}: Props) {
  return (
    <section aria-labelledby="downloads">
      <h2 id="downloads">{words.title}</h2>
      <ul class="links">
        <li>{notes.seal === null ? words.later : <a href={`/pools/${id}/bundle`}>{words.bundle}</a>}</li>
        <li>
          <a href={`/pools/${id}/ballots.txt`}>{words.list}</a>
        </li>
        <li>
          <a href="/verifier-key">{words.key}</a>
        </li>
      </ul>
    </section>
  );
}
