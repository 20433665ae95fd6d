import { page, type PageProps } from '../../page';
import { Assurance } from '../../parts/assurance';
import { CheckDrawPart } from '../../parts/check-draw/part';
import { day, hour, number } from '../../parts/format';
import { State } from '../../parts/state';
import { momentIn, Timeline } from '../../parts/timeline';
import { Winner } from '../../parts/winner';
import { say } from '../../words/say';
import { load, type LotteryData } from './data';
import { Mine } from './mine';

type Props = PageProps<LotteryData>;

export const lottery = page<LotteryData>({
  path: '/lottery/:date',
  listed: true,
  load,
  head: ({ data, words, facts: { language } }) => ({
    title: titleOf(data, words.lottery.title, language),
    description: say(words.lottery.description, language, { n: data.lottery.ballots }),
  }),
  Body: (props: Props) => {
    const { data, words, facts } = props;
    const { lottery: own } = words;
    const { winner, assurance, notes, state, opensAt } = data.lottery;
    return (
      <>
        <Days {...props} />
        <h1>{titleOf(data, own.title, facts.language)}</h1>
        <Figures {...props} />
        <section aria-labelledby="winner">
          <h2 id="winner">{own.winner}</h2>
          {winner ? (
            <Winner lottery={data.lottery} winner={winner} words={words} language={facts.language} atHome />
          ) : (
            <p class="empty">{own.noWinner[state]}</p>
          )}
        </section>
        {notes.seal !== null && (
          <section aria-labelledby="check">
            <h2 id="check">{own.check}</h2>
            <CheckDrawPart date={data.lottery.date} words={words} language={facts.language} />
          </section>
        )}
        <Mine {...props} />
        <section aria-labelledby="timeline">
          <h2 id="timeline">{own.timeline}</h2>
          <Timeline
            notes={notes}
            opensAt={opensAt}
            isVoid={state === 'void'}
            words={own.steps}
            language={facts.language}
          />
        </section>
        {assurance && <Assurance assurance={assurance} words={own.assurance} language={facts.language} />}
        <Downloads {...props} />
      </>
    );
  },
});

function titleOf({ lottery: { date } }: LotteryData, title: string, language: string): string {
  return say(title, language, { date: day(date, language) });
}

/** The day before, the day after, and any other. */
function Days({ data, words: { lottery: words }, facts: { language } }: Props) {
  const to = (date: string) => `/${language}/lottery/${date}`;
  return (
    <div class="days">
      <nav aria-label={words.pick}>
        <ul>
          {data.before !== null && (
            <li>
              <a rel="prev" href={to(data.before)}>{`← ${words.before}`}</a>
            </li>
          )}
          {data.after !== null && (
            <li>
              <a rel="next" href={to(data.after)}>{`${words.after} →`}</a>
            </li>
          )}
        </ul>
      </nav>
      <form method="get" action={`/${language}/lottery`}>
        <label>
          <span>{words.pick}</span>
          <input type="date" name="date" value={data.lottery.date} max={data.last} required />
        </label>
        <button type="submit">{words.show}</button>
      </form>
    </div>
  );
}

function Figures({ data: { lottery }, words, facts: { language } }: Props) {
  const { lottery: own } = words;
  // By hand, it may have been closed before its time.
  const closing = momentIn(lottery.notes.seal, 'sealed') ?? lottery.closesAt;
  return (
    <dl class="figures">
      <div>
        <dt>{own.state}</dt>
        <dd>
          <State state={lottery.state} words={words} />
        </dd>
      </div>
      <div>
        <dt>{own.ballots}</dt>
        <dd>{number(lottery.ballots, language)}</dd>
      </div>
      <div>
        <dt>{lottery.state === 'open' ? own.closes : own.closed}</dt>
        <dd>
          {lottery.state === 'open' && <span class="clock" aria-hidden="true" data-until={lottery.closesAt} />}
          <time dateTime={closing}>
            {`${day(closing.slice(0, 10), language, 'short')}, ${hour(closing, language)}`}
          </time>
        </dd>
      </div>
    </dl>
  );
}

function Downloads({ data: { lottery }, words: { lottery: own } }: Props) {
  const words = own.downloads;
  const base = `/lotteries/${lottery.date}`;
  return (
    <section aria-labelledby="downloads">
      <h2 id="downloads">{words.title}</h2>
      <ul class="links">
        <li>
          {lottery.notes.seal === null ? (
            words.later
          ) : (
            <a href={`${base}/bundle`} download={`bundle-${lottery.date}.json`}>
              {words.bundle}
            </a>
          )}
        </li>
        <li>
          <a href={`${base}/ballots.txt`} download={`ballots-${lottery.date}.txt`}>
            {words.list}
          </a>
        </li>
        <li>
          <a href={`${base}/checkpoint`}>{words.checkpoint}</a>
        </li>
        <li>
          <a href="/verifier-key">{words.key}</a>
        </li>
      </ul>
    </section>
  );
}
