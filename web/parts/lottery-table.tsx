import type { Of } from '../client/api';
import type { Words } from '../words/words';
import { day, number } from './format';
import { State } from './state';

interface LotteryTableProps {
  readonly lotteries: Of<'/lotteries'>['items'];
  readonly words: Words;
  readonly language: string;
  /** Names the table, where no heading does. */
  readonly caption?: string;
}

/** Lotteries, a line each, with links to their pages. */
export function LotteryTable({ lotteries, words, language, caption }: LotteryTableProps) {
  const { home } = words;
  return (
    <table>
      {caption !== undefined && <caption>{caption}</caption>}
      <thead>
        <tr>
          <th scope="col">{home.day}</th>
          <th scope="col">{home.state}</th>
          <th scope="col" class="number">
            {home.count}
          </th>
        </tr>
      </thead>
      <tbody>
        {lotteries.map(({ date, state, ballots }) => (
          <tr key={date}>
            <th scope="row">
              <a href={`/${language}/lottery/${date}`}>
                <time dateTime={date}>{day(date, language, 'short')}</time>
              </a>
            </th>
            <td>
              <State state={state} words={words} />
            </td>
            <td class="number">{number(ballots, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
