import type { Session } from '../../client/session';
import type { Words } from '../../words/words';

export interface AccountProps {
  readonly language: string;
  readonly words: Words['account'];
}

/** For those who are logged in. */
export interface OwnProps extends AccountProps {
  readonly session: Session;
}
