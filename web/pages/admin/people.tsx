import type { Answer, Of } from '../../client/api';
import type { Given } from '../../client/given';
import { isDone } from '../../client/problem';
import { instant } from '../../parts/format';
import { Act, Facts } from '../../parts/list-drawer/act';
import { ListDrawer } from '../../parts/list-drawer/list-drawer';
import type { SectionProps } from './props';

type User = Of<'/users'>['items'][number];

const MAX_REASON_LENGTH = 500;

/** People: search, ban with a reason, unban, role. */
export function People(props: SectionProps) {
  const { session, words, language } = props;
  const { people } = words;
  return (
    <ListDrawer<User>
      {...props}
      title={words.sections.people}
      older={props.account.older}
      idOf={({ id }) => id}
      nameOf={({ username }) => username}
      ask={(query) => session.ask(`/users${query}`)}
      filter={
        <label>
          {people.search}
          <input name="username" type="search" autocapitalize="none" maxLength={64} />
        </label>
      }
      columns={[
        { title: people.user, cell: ({ username }) => username },
        { title: people.role, cell: ({ role }) => people.roles[role] },
        { title: people.state, cell: ({ bannedAt }) => (bannedAt === null ? people.active : people.banned) },
        { title: people.since, cell: ({ createdAt }) => instant(createdAt, language) },
      ]}
      drawer={(user, changed) => <UserDrawer {...props} user={user} changed={changed} />}
    />
  );
}

interface UserDrawerProps extends SectionProps {
  readonly user: User;
  readonly changed: () => void;
}

function UserDrawer({ session, person, words, language, refusals, user, changed }: UserDrawerProps) {
  const { people } = words;
  const url = `/users/${user.id}`;
  const shared = { refusals, onDone: changed };
  const other = user.role === 'admin' ? 'player' : 'admin';

  /** The password again, since a page that was left open must not be enough. */
  async function again(given: Given, act: () => Promise<Answer>): Promise<Answer> {
    const known = await session.logIn(person.username, given['password'] ?? '');
    return isDone(known) ? act() : known;
  }

  return (
    <>
      <Facts
        of={{
          [people.id]: <code>{user.id}</code>,
          [people.name]: user.name ?? words.none,
          [people.email]: user.email ?? words.none,
          [people.role]: people.roles[user.role],
          [people.since]: instant(user.createdAt, language),
          [people.state]: user.bannedAt === null ? people.active : people.banned,
          ...(user.bannedAt !== null && { [people.reason]: user.banReason ?? words.none }),
        }}
      />
      {user.bannedAt === null ? (
        <Act
          key="ban"
          {...shared}
          label={people.ban}
          act={(given) =>
            again(given, () => {
              const body = { reason: given['reason'] };
              return session.ask(`${url}/ban`, { method: 'POST', body });
            })
          }
        >
          <p>{people.banText}</p>
          <label>
            {people.reason}
            <input name="reason" required maxLength={MAX_REASON_LENGTH} />
          </label>
          <PasswordAgain label={words.passwordAgain} />
        </Act>
      ) : (
        <Act key="unban" {...shared} label={people.unban} act={() => session.ask(`${url}/unban`, { method: 'POST' })} />
      )}
      <Act
        key="role"
        {...shared}
        label={other === 'admin' ? people.makeAdmin : people.makePlayer}
        act={(given) => again(given, () => session.ask(`${url}/role`, { method: 'PUT', body: { role: other } }))}
      >
        <PasswordAgain label={words.passwordAgain} />
      </Act>
    </>
  );
}

function PasswordAgain({ label }: { readonly label: string }) {
  return (
    <label>
      {label}
      <input name="password" type="password" autocomplete="current-password" required maxLength={128} />
    </label>
  );
}
