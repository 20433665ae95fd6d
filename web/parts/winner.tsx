import type { Of } from '../client/api';
import { say } from '../words/say';
import type { Words } from '../words/words';
import { day, number } from './format';

interface WinnerProps {
  readonly lottery: Of<'/lotteries/{date}'>;
  readonly winner: NonNullable<Of<'/lotteries/{date}'>['winner']>;
  readonly words: Words;
  readonly language: string;
  /** Whether it stands on the page of its lottery, which needs no link to itself. */
  readonly atHome?: boolean;
}

/** Who has won, with which ballot, and how to check it. */
export function Winner({ lottery, winner, words: { home: words }, language, atHome = false }: WinnerProps) {
  return (
    <article class="winner">
      {!atHome && <p class="kicker">{say(words.won, language, { date: day(lottery.date, language) })}</p>}
      <p class="name">{winner.name}</p>
      <p class="place">
        <span class="ball">
          <span class="visually-hidden">{words.ballot} </span>
          {number(winner.index, language)}
        </span>{' '}
        {say(words.of, language, { n: lottery.ballots })}
      </p>
      <dl class="facts">
        <div>
          <dt>{words.ballot}</dt>
          <dd>
            <code>{winner.ballotId}</code>
          </dd>
        </div>
        <div>
          <dt>{words.player}</dt>
          <dd>
            <code>{winner.player}</code>
          </dd>
        </div>
      </dl>
      {!atHome && (
        <p class="actions">
          <a role="button" class="secondary" href={`/${language}/lottery/${lottery.date}`}>
            {words.check}
          </a>
        </p>
      )}
    </article>
  );
}
