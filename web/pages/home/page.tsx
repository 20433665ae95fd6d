import { page, type PageProps } from '../../page';
import { LotteryTable } from '../../parts/lottery-table';
import { Winner } from '../../parts/winner';
import { day, hour } from '../../parts/format';
import { say } from '../../words/say';
import { load, type HomeData } from './data';

type Props = PageProps<HomeData>;

export const home = page<HomeData>({
  path: '/',
  listed: true,
  load,
  head: ({ words }) => words.home,
  Body: ({ data, words, facts }) => (
    <>
      <Today data={data} words={words} facts={facts} />
      <section aria-labelledby="latest">
        <h2 id="latest">{words.home.latest}</h2>
        {data.latest?.winner ? (
          <Winner lottery={data.latest} winner={data.latest.winner} words={words} language={facts.language} />
        ) : (
          <p class="empty">{words.home.noWinner}</p>
        )}
      </section>
      {data.recent.length > 0 && (
        <section aria-labelledby="results">
          <h2 id="results">{words.home.results}</h2>
          <LotteryTable lotteries={data.recent} words={words} language={facts.language} />
          <p>
            <a href={`/${facts.language}/lotteries`}>{words.home.all}</a>
          </p>
        </section>
      )}
      <Reasons data={data} words={words} facts={facts} />
    </>
  ),
});

function Today({ data: { today }, words: { home: words }, facts: { language } }: Props) {
  if (today === null) {
    return (
      <section class="today">
        <h1>{words.title}</h1>
        <p class="empty">{words.none}</p>
      </section>
    );
  }
  const isOpen = today.state === 'open';
  return (
    <section class="today">
      <p class="kicker">{words.title}</p>
      <h1>
        <time dateTime={today.date}>{day(today.date, language)}</time>
      </h1>
      <dl class="figures">
        <div>
          <dt class="visually-hidden">{words.count}</dt>
          <dd>{say(isOpen ? words.ballots : words.closedWith, language, { n: today.ballots })}</dd>
        </div>
        {isOpen && (
          <div>
            <dt>{words.closesIn}</dt>
            <dd>
              <span class="clock" aria-hidden="true" data-until={today.closesAt} />
              <time dateTime={today.closesAt}>
                {say(words.closesAt, language, { time: hour(today.closesAt, language) })}
              </time>
            </dd>
          </div>
        )}
      </dl>
      <p class="actions">
        {isOpen && (
          <a role="button" href={`/${language}/account`}>
            {words.submit}
          </a>
        )}
        <a href={`/${language}/lottery/${today.date}`}>{words.see}</a>
      </p>
    </section>
  );
}

function Reasons({ words: { home: words }, facts: { language } }: Props) {
  return (
    <section aria-labelledby="why">
      <h2 id="why">{words.why}</h2>
      <ul class="cards">
        {words.reasons.map(({ title, text }) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ul>
      <p>
        <a href={`/${language}/how`}>{words.how}</a>
      </p>
    </section>
  );
}
