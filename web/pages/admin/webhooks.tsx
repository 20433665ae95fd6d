import { useEffect, useRef, useState } from 'preact/hooks';
import type { Of } from '../../client/api';
import { instant } from '../../parts/format';
import { Act, Facts } from '../../parts/list-drawer/act';
import { ListDrawer } from '../../parts/list-drawer/list-drawer';
import { say } from '../../words/say';
import type { SectionProps } from './props';

type Webhook = Of<'/webhooks'>['items'][number];
type Delivery = Of<'/webhooks/{id}/deliveries'>['items'][number];

/** Webhooks with their deliveries: what was sent, what the receiver said; test, and send again. */
export function Webhooks(props: SectionProps) {
  const { session, words, language } = props;
  const { webhooks } = words;
  const [chosen, setChosen] = useState<Webhook | null>(null);
  return (
    <>
      <ListDrawer<Webhook>
        {...props}
        title={words.sections.webhooks}
        older={props.account.older}
        idOf={({ id }) => id}
        nameOf={({ url }) => url}
        ask={(query) => session.ask(`/webhooks${query}`)}
        columns={[
          { title: webhooks.url, cell: ({ url }) => url },
          { title: webhooks.types, cell: ({ types }) => types.join(', ') },
          { title: webhooks.state, cell: (webhook) => stateOf(webhook, props) },
        ]}
        drawer={(webhook, changed, leave) => (
          <>
            <Facts
              of={{
                [webhooks.types]: webhook.types.join(', '),
                [webhooks.state]: stateOf(webhook, props),
                [webhooks.since]: instant(webhook.createdAt, language),
              }}
            />
            <Act
              label={webhooks.test}
              refusals={props.refusals}
              act={() => session.ask(`/webhooks/${webhook.id}/test`, { method: 'POST' })}
              onDone={changed}
            />
            <button
              type="button"
              class="secondary"
              onClick={() => {
                leave();
                setChosen({ ...webhook });
              }}
            >
              {webhooks.deliveries}
            </button>
          </>
        )}
      />
      <p>{webhooks.how}</p>
      {chosen !== null && <DeliveriesOf {...props} webhook={chosen} />}
    </>
  );
}

/** Has the focus each time it is chosen. */
function DeliveriesOf(props: SectionProps & { readonly webhook: Webhook }) {
  const { words, webhook } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [webhook]);
  return (
    <section aria-labelledby="deliveries">
      <h3 id="deliveries" ref={heading} tabIndex={-1}>
        {words.webhooks.deliveries}: {webhook.url}
      </h3>
      <Deliveries key={webhook.id} {...props} />
    </section>
  );
}

function stateOf({ disabledAt, pausedUntil }: Webhook, { words: { webhooks }, language }: SectionProps): string {
  if (disabledAt !== null) return webhooks.disabled;
  return pausedUntil === null
    ? webhooks.enabled
    : say(webhooks.paused, language, { at: instant(pausedUntil, language) });
}

function Deliveries(props: SectionProps & { readonly webhook: Webhook }) {
  const { session, words, language, webhook } = props;
  const { webhooks } = words;
  const answerOf = ({ lastStatusCode, lastError }: Delivery) => lastError ?? lastStatusCode ?? words.none;
  return (
    <ListDrawer<Delivery>
      {...props}
      title={webhooks.deliveries}
      older={props.account.older}
      idOf={({ id }) => id}
      nameOf={({ type }) => type}
      ask={(query) => session.ask(`/webhooks/${webhook.id}/deliveries${query}`)}
      columns={[
        { title: webhooks.types, cell: ({ type }) => type },
        { title: webhooks.state, cell: ({ status }) => webhooks.status[status] },
        { title: webhooks.attempts, cell: ({ attempts }) => attempts },
        { title: webhooks.last, cell: answerOf },
      ]}
      drawer={(delivery, changed) => (
        <>
          <Facts
            of={{
              [webhooks.state]: webhooks.status[delivery.status],
              [webhooks.attempts]: delivery.attempts,
              [webhooks.since]: instant(delivery.createdAt, language),
              [webhooks.last]: answerOf(delivery),
              [webhooks.next]: delivery.nextAttemptAt === null ? words.none : instant(delivery.nextAttemptAt, language),
            }}
          />
          <Act
            label={webhooks.retry}
            refusals={props.refusals}
            act={() => session.ask(`/webhooks/${webhook.id}/deliveries/${delivery.id}/retry`, { method: 'POST' })}
            onDone={changed}
          />
        </>
      )}
    />
  );
}
