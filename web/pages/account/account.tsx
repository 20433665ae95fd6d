import { useState } from 'preact/hooks';
import { isDone, refusalOf } from '../../client/problem';
import { type Person, SignedIn } from '../../parts/log-in/signed-in';
import { say } from '../../words/say';
import { OwnBallots } from './own-ballots';
import type { AccountProps, OwnProps } from './props';
import { Receipts } from './receipts';
import { Submit } from './submit';

/** A person's own page: log in, submit ballots, keep receipts. */
export function Account({ language, words }: AccountProps) {
  return (
    <SignedIn words={words}>
      {(session, person) => <Own session={session} person={person} language={language} words={words} />}
    </SignedIn>
  );
}

function Own(props: OwnProps & { readonly person: Person }) {
  const { person, language, words } = props;
  const [submissions, setSubmissions] = useState(0);
  return (
    <>
      <p>{say(words.loggedIn, language, { name: person.name ?? person.username })}</p>
      {person.bannedAt !== null && <p role="alert">{words.banned}</p>}
      <Leave {...props} />
      {person.bannedAt === null && <Submit {...props} onDone={() => setSubmissions((before) => before + 1)} />}
      <Receipts key={`receipts-${submissions}`} language={language} words={words} />
      <OwnBallots key={`ballots-${submissions}`} {...props} />
    </>
  );
}

function Leave({ session, person, language, words }: OwnProps & { readonly person: Person }) {
  const [refusal, setRefusal] = useState<string | null>(null);

  async function leave(everywhere: boolean): Promise<void> {
    const ended = everywhere ? await session.ask('/users/me/sessions', { method: 'DELETE' }) : null;
    const answer = ended === null || isDone(ended) ? await session.logOut() : ended;
    if (isDone(answer)) location.reload();
    else setRefusal(refusalOf(answer, words.errors));
  }

  return (
    <div class="actions">
      {person.role === 'admin' && (
        <a role="button" class="secondary" href={`/${language}/admin`}>
          {words.admin}
        </a>
      )}
      <button type="button" class="secondary" onClick={() => void leave(false)}>
        {words.logOut}
      </button>
      <button type="button" class="secondary" onClick={() => void leave(true)}>
        {words.logOutEverywhere}
      </button>
      <p role="alert" hidden={refusal === null}>
        {refusal}
      </p>
    </div>
  );
}
