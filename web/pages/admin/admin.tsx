import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { SignedIn } from '../../parts/log-in/signed-in';
import type { Words } from '../../words/words';
import { Audit } from './audit';
import { Lotteries } from './lotteries';
import { People } from './people';
import type { AdminProps, SectionProps } from './props';
import { Stakes } from './stakes';
import { Webhooks } from './webhooks';

const SECTIONS = {
  people: People,
  lotteries: Lotteries,
  webhooks: Webhooks,
  stakes: Stakes,
  audit: Audit,
} satisfies Record<keyof Words['admin']['sections'], ComponentType<SectionProps>>;
type Section = keyof typeof SECTIONS;

/** What admins do. The role only says what is shown: the API decides. */
export function Admin(props: AdminProps) {
  return (
    <SignedIn words={props.account}>
      {(session, person) =>
        person.role === 'admin' ? (
          <Sections {...props} session={session} person={person} />
        ) : (
          <p role="alert">{props.words.onlyAdmins}</p>
        )
      }
    </SignedIn>
  );
}

function Sections(props: Omit<SectionProps, 'refusals'>) {
  const { words, account } = props;
  const [shown, setShown] = useState<Section>('people');
  const Shown = SECTIONS[shown];
  return (
    <>
      <nav class="sections" aria-label={words.title}>
        {(Object.keys(SECTIONS) as Section[]).map((section) => (
          <button
            key={section}
            type="button"
            class="secondary"
            aria-current={section === shown ? 'true' : undefined}
            onClick={() => setShown(section)}
          >
            {words.sections[section]}
          </button>
        ))}
      </nav>
      <h2>{words.sections[shown]}</h2>
      <Shown {...props} refusals={{ ...account.errors, ...words.errors }} />
    </>
  );
}
