import type { Of } from '../../client/api';
import { instant, number } from '../../parts/format';
import { Facts } from '../../parts/list-drawer/act';
import { ListDrawer } from '../../parts/list-drawer/list-drawer';
import type { SectionProps } from './props';

type Entry = Of<'/audit'>['items'][number];

/** Who did what, newest first. */
export function Audit(props: SectionProps) {
  const { session, words, language } = props;
  const { audit } = words;
  return (
    <ListDrawer<Entry>
      {...props}
      title={words.sections.audit}
      older={props.account.older}
      idOf={({ id }) => id}
      nameOf={({ action }) => action}
      ask={(query) => session.ask(`/audit${query}`)}
      columns={[
        { title: audit.action, cell: ({ action }) => action },
        { title: audit.at, cell: ({ at }) => instant(at, language) },
        { title: audit.actor, cell: ({ actor }) => <code>{actor}</code> },
        { title: audit.subject, cell: ({ subject }) => <code>{subject}</code> },
      ]}
      drawer={(entry) => (
        <Facts
          of={{
            [audit.index]: number(entry.index, language),
            [audit.at]: instant(entry.at, language),
            [audit.actor]: <code>{entry.actor}</code>,
            [audit.subject]: <code>{entry.subject}</code>,
            ...Object.fromEntries(Object.entries(entry.details).map(([name, value]) => [name, String(value)])),
          }}
        />
      )}
    />
  );
}
