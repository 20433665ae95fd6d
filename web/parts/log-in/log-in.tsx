import type { TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';
import { givenIn } from '../../client/given';
import { isDone, refusalOf } from '../../client/problem';
import type { Session } from '../../client/session';
import type { Words } from '../../words/words';

interface LogInProps {
  readonly session: Session;
  readonly words: Words['account'];
  /** Called once somebody is logged in. */
  readonly onDone: () => void;
}

/** Logs in people who have an account, with a way to make one. */
export function LogIn({ session, words, onDone }: LogInProps) {
  const [isNew, setNew] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function submit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const { username = '', password = '', name, email } = givenIn(event.currentTarget);
    setBusy(true);
    setRefusal(null);
    const person = { username, password, ...(name && { name }), ...(email && { email }) };
    const registered = isNew ? await session.ask('/auth/register', { method: 'POST', body: person }) : null;
    const hasAccount = registered === null || isDone(registered);
    const answer = hasAccount ? await session.logIn(username, password) : registered;
    setBusy(false);
    // Whatever became of the log-in, the account is there.
    if (hasAccount) setNew(false);
    if (isDone(answer)) onDone();
    else setRefusal(refusalOf(answer, words.errors));
  }

  return (
    <section class="log-in" aria-labelledby="log-in">
      <h2 id="log-in">{isNew ? words.register : words.logIn}</h2>
      <form onSubmit={(event) => void submit(event)} aria-busy={busy}>
        <Credentials words={words} isNew={isNew} />
        {isNew && <MoreOfPerson words={words} />}
        <p role="alert" class="refusal" hidden={refusal === null}>
          {refusal}
        </p>
        <button type="submit" disabled={busy}>
          {busy ? words.working : isNew ? words.register : words.logIn}
        </button>
      </form>
      <button
        type="button"
        class="link"
        onClick={() => {
          setNew(!isNew);
          setRefusal(null);
        }}
      >
        {isNew ? words.logIn : words.register}
      </button>
    </section>
  );
}

function MoreOfPerson({ words }: { readonly words: Words['account'] }) {
  return (
    <>
      <small id="password-hint">{words.passwordHint}</small>
      <label>
        {words.name}
        <input name="name" autocomplete="name" maxLength={100} />
      </label>
      <label>
        {words.email}
        <input name="email" type="email" autocomplete="email" maxLength={254} />
      </label>
    </>
  );
}

function Credentials({ words, isNew }: { readonly words: Words['account']; readonly isNew: boolean }) {
  return (
    <>
      <label>
        {words.username}
        <input
          name="username"
          autocomplete="username"
          autocapitalize="none"
          required
          maxLength={isNew ? 32 : 64}
          aria-describedby={isNew ? 'username-hint' : undefined}
        />
      </label>
      {isNew && <small id="username-hint">{words.usernameHint}</small>}
      <label>
        {words.password}
        <input
          name="password"
          type="password"
          autocomplete={isNew ? 'new-password' : 'current-password'}
          required
          minLength={isNew ? 8 : 1}
          maxLength={128}
          aria-describedby={isNew ? 'password-hint' : undefined}
        />
      </label>
    </>
  );
}
