import type { PageProps } from '../../page';
import { instant, number } from '../../parts/format';
import { say } from '../../words/say';
import type { LotteryData } from './data';

/** "Was my ballot in it?": a form that works without a script, and its answer. */
export function Mine({ data: { asked }, words: { lottery }, facts: { language } }: PageProps<LotteryData>) {
  const { mine: words } = lottery;
  return (
    <section aria-labelledby="mine" id="my-ballot">
      <h2 id="mine">{words.title}</h2>
      <p id="mine-text">{words.text}</p>
      <form method="get" action="#my-ballot" class="row">
        <label>
          <span>{words.id}</span>
          <input
            type="text"
            name="ballot"
            value={asked?.id}
            maxLength={100}
            autoComplete="off"
            autoCapitalize="off"
            spellcheck={false}
            required
            aria-describedby="mine-text"
          />
        </label>
        <button type="submit">{words.look}</button>
      </form>
      {asked && (
        <div class="panel answer" data-answer={asked.answer} role="status">
          {asked.answer === 'found' && asked.ballot ? (
            <>
              <p>
                {say(words.found, language, {
                  n: number(asked.ballot.index, language),
                  time: instant(asked.ballot.submittedAt, language),
                })}
              </p>
              <p>
                {words.line}: <code>{asked.ballot.line}</code>
              </p>
              <p>
                <a href={`/ballots/${asked.ballot.id}/proof`}>{words.proof}</a>
              </p>
            </>
          ) : (
            <p>{words[asked.answer]}</p>
          )}
        </div>
      )}
    </section>
  );
}
