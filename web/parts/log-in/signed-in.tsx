import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer, Of } from '../../client/api';
import { thisBrowser } from '../../client/browser';
import { isDone, refusalOf } from '../../client/problem';
import { Session } from '../../client/session';
import type { Words } from '../../words/words';
import { LogIn } from './log-in';

export type Person = Of<'/users/me'>;

interface SignedInProps {
  readonly words: Words['account'];
  readonly children: (session: Session, person: Person) => ComponentChildren;
}

type State = 'starting' | 'out' | 'in' | 'ended';

/** Shows what people see who are logged in, or lets them log in. When a session ends, the page is kept behind the form. */
export function SignedIn({ words, children }: SignedInProps) {
  const [state, setState] = useState<State>('starting');
  const [person, setPerson] = useState<Person | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const session = useRef<Session | null>(null);

  async function enter(current: Session): Promise<void> {
    const answer = await current.ask('/users/me');
    if (isDone(answer)) {
      setPerson(answer.body as Person);
      setState('in');
      setRefusal(null);
    } else if (answer.status !== 401) setRefusal(refusalOf(answer, words.errors));
  }

  function begin(current: Session, answer: Answer): void {
    if (isDone(answer)) void enter(current);
    else if (answer.status === 401) setState('out');
    else setRefusal(refusalOf(answer, words.errors));
  }

  useEffect(() => {
    const current = new Session(thisBrowser(), (isIn) => {
      if (isIn) void enter(current);
      else setState((was) => (was === 'in' || was === 'ended' ? 'ended' : 'out'));
    });
    session.current = current;
    void current.resume().then((answer) => begin(current, answer));
  }, []);

  const current = session.current;
  const refused = refusal !== null && <Refused refusal={refusal} words={words} />;
  if (state === 'starting' || current === null) return refused || <p aria-busy="true">{words.loading}</p>;
  return (
    <>
      {refused}
      {state === 'ended' && <p role="alert">{words.ended}</p>}
      {state !== 'in' && <LogIn session={current} words={words} onDone={() => void enter(current)} />}
      {person !== null && state !== 'out' && (
        <div key={person.id} hidden={state !== 'in'}>
          {children(current, person)}
        </div>
      )}
    </>
  );
}

function Refused({ refusal, words }: { readonly refusal: string; readonly words: Words['account'] }) {
  return (
    <section role="alert">
      <p>{refusal}</p>
      <a role="button" href="">
        {words.again}
      </a>
    </section>
  );
}
