import { readerOf } from '../../words/verifier-lines';
import type { Words } from '../../words/words';
import { Island } from '../island';
import { CheckDraw, type CheckDrawProps } from './check-draw';

interface PartProps {
  readonly date: string;
  readonly words: Words;
  readonly language: string;
}

/** The slot on the lottery's page; its style is `verify/verify.css`. */
export function CheckDrawPart({ date, words, language }: PartProps) {
  const props: CheckDrawProps = { date, reader: readerOf(language, words) };
  return (
    <>
      <Island of="parts/check-draw" props={props} on="press">
        <CheckDraw {...props} startWorker={onServer} />
      </Island>
      <noscript>
        <p>
          {words.verify.noScript} <a href={`/${language}/verify?date=${date}`}>{words.verify.without.program}</a>
        </p>
      </noscript>
    </>
  );
}

function onServer(): Worker {
  throw new Error('nothing is checked on the server');
}
