import type { Of } from '../client/api';
import { say } from '../words/say';
import type { Words } from '../words/words';

interface AssuranceProps {
  readonly assurance: NonNullable<Of<'/lotteries/{date}'>['assurance']>;
  readonly words: Words['lottery']['assurance'];
  readonly language: string;
}

/** How much a stranger can know of a draw, by level and in a sentence. */
export function Assurance({ assurance: { level, sentence }, words, language }: AssuranceProps) {
  const hasRanks = sentence.includes('with the list of ballots only');
  return (
    <section aria-labelledby="assurance">
      <h2 id="assurance">{words.title}</h2>
      <div class="panel">
        <p class="kicker">{say(words.level, language, { level })}</p>
        <p>{hasRanks ? `${words[level]} ${words.ranks}` : words[level]}</p>
      </div>
    </section>
  );
}
