import type { TargetedSubmitEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Answer } from '../../client/api';
import { givenIn } from '../../client/given';
import { isDone, refusalOf } from '../../client/problem';
import { download, keepReceipts, type Receipt } from '../../client/receipts';
import { say } from '../../words/say';
import type { OwnProps } from './props';

/** Most ballots in a request of the API. */
const MOST_AT_ONCE = 1_000;

interface Attempt {
  readonly day: string;
  readonly count: number;
  readonly key: string;
}

/** Submits ballots. An attempt without an answer is repeated with its key, so that no ballot is counted twice. */
export function Submit({ session, language, words, onDone }: OwnProps & { readonly onDone: () => void }) {
  const unanswered = useRef<Attempt | null>(null);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<{ readonly isDone: boolean; readonly text: string } | null>(null);

  async function submit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = givenIn(event.currentTarget);
    const [day, count] = [given['day'] || 'today', Number(given['count'])];
    const last = unanswered.current;
    const attempt = last?.day === day && last.count === count ? last : { day, count, key: crypto.randomUUID() };
    setBusy(true);
    setResult(null);
    const answer = await session.ask(`/lotteries/${day}/ballots`, {
      method: 'POST',
      body: { count },
      idempotencyKey: attempt.key,
    });
    unanswered.current = isSettled(answer) ? null : attempt;
    setBusy(false);
    setResult({ isDone: isDone(answer), text: await outcome(answer) });
    if (isDone(answer)) onDone();
  }

  async function outcome(answer: Answer): Promise<string> {
    if (!isDone(answer)) return refusalOf(answer, words.errors);
    const receipts = receiptsOf(answer);
    const kept = await keepReceipts(receipts).then(
      () => words.kept,
      () => {
        download('lottery-receipts.json', receipts);
        return words.notKept;
      },
    );
    return `${say(words.submitted, language, { n: receipts.length })} ${kept}`;
  }

  return (
    <section aria-labelledby="submit">
      <h2 id="submit">{words.submit}</h2>
      <p>{words.submitText}</p>
      <form class="row" onSubmit={(event) => void submit(event)} aria-busy={busy}>
        <label>
          {words.day}
          <input type="date" name="day" defaultValue={new Date().toISOString().slice(0, 10)} />
        </label>
        <label>
          {words.count}
          <input type="number" name="count" min={1} max={MOST_AT_ONCE} defaultValue="1" required inputMode="numeric" />
        </label>
        <button type="submit" disabled={busy}>
          {busy ? words.working : words.submitButton}
        </button>
      </form>
      <p role="status" class={result?.isDone === false ? 'refusal' : 'done'}>
        {result?.text}
      </p>
    </section>
  );
}

/** Otherwise the ballots may be written, or the same attempt may go through later. */
function isSettled({ status }: Answer): boolean {
  return status > 0 && status < 500 && ![401, 408, 429].includes(status);
}

function receiptsOf({ body }: Answer): Receipt[] {
  const { items, checkpoint } = body as { items: Omit<Receipt, 'checkpoint'>[]; checkpoint: string };
  return items.map((item) => ({ ...item, checkpoint }));
}
