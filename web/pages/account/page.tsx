import { page } from '../../page';
import { Island } from '../../parts/island';
import { Account } from './account';

/** Nothing of a person is in the HTML: the island asks for it once it is there. */
export const account = page<null>({
  path: '/account',
  listed: false,
  load: () => Promise.resolve(null),
  head: ({ words }) => ({ title: words.account.title, description: words.account.description }),
  Body: ({ words, facts: { language } }) => {
    const props = { language, words: words.account };
    return (
      <>
        <h1>{words.account.title}</h1>
        <noscript>
          <p>{words.account.noScript}</p>
        </noscript>
        <Island of="pages/account" props={props}>
          <Account {...props} />
        </Island>
      </>
    );
  },
});
