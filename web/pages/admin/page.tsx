import { page } from '../../page';
import { Island } from '../../parts/island';
import { Admin } from './admin';

/** Nothing that only admins may see is in the HTML: the island asks for it as the admin. */
export const admin = page<null>({
  path: '/admin',
  listed: false,
  load: () => Promise.resolve(null),
  head: ({ words }) => ({ title: words.admin.title, description: words.admin.description }),
  Body: ({ words, facts: { language } }) => {
    const { state } = words.layout;
    const props = { language, words: words.admin, account: words.account, states: state };
    return (
      <>
        <h1>{words.admin.title}</h1>
        <noscript>
          <p>{words.account.noScript}</p>
        </noscript>
        <Island of="pages/admin" props={props}>
          <Admin {...props} />
        </Island>
      </>
    );
  },
});
