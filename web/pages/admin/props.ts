import type { RefusalWords } from '../../client/problem';
import type { Session } from '../../client/session';
import type { Person } from '../../parts/log-in/signed-in';
import type { Words } from '../../words/words';

export interface AdminProps {
  readonly language: string;
  readonly words: Words['admin'];
  readonly account: Words['account'];
  readonly states: Words['layout']['state'];
}

/** What each section of the page gets. */
export interface SectionProps extends AdminProps {
  readonly session: Session;
  readonly person: Person;
  readonly refusals: RefusalWords;
}
