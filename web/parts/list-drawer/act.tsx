import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answer } from '../../client/api';
import { type Given, givenIn } from '../../client/given';
import { isDone, refusalOf, type RefusalWords } from '../../client/problem';

interface ActProps {
  /** What the button says. */
  readonly label: string;
  /** What is said once it is done, if nobody else says it. */
  readonly done?: string;
  readonly refusals: RefusalWords;
  /** Does it, with what the form says. */
  readonly act: (given: Given) => Promise<Answer>;
  readonly onDone?: () => void;
  /** Fields of the form. */
  readonly children?: ComponentChildren;
}

/** One act with its fields, its button and its outcome. */
export function Act({ label, done, refusals, act, onDone, children }: ActProps) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ readonly isDone: boolean; readonly text: string } | null>(null);

  async function run(form: HTMLFormElement): Promise<void> {
    setBusy(true);
    setOutcome(null);
    const answer = await act(givenIn(form));
    setBusy(false);
    setOutcome({ isDone: isDone(answer), text: isDone(answer) ? (done ?? '') : refusalOf(answer, refusals) });
    if (!isDone(answer)) return;
    form.reset();
    onDone?.();
  }

  return (
    <form
      class="act"
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void run(event.currentTarget);
      }}
    >
      {children}
      <button type="submit" disabled={busy}>
        {label}
      </button>
      <p role="status" class={outcome?.isDone === false ? 'refusal' : 'done'}>
        {outcome?.text}
      </p>
    </form>
  );
}

/** Facts of an item, by their names. */
export function Facts({ of }: { readonly of: Readonly<Record<string, ComponentChildren>> }) {
  return (
    <dl class="facts">
      {Object.entries(of).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
