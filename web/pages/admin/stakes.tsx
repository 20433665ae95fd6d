import type { SectionProps } from './props';

/** How dead letters are read and sent again; the API has no route for them. */
export function Stakes({ words: { stakes } }: SectionProps) {
  return (
    <section aria-labelledby="stakes">
      <h3 id="stakes">{stakes.title}</h3>
      <p>{stakes.text}</p>
      <pre>
        <code>
          {stakes.list}
          {'\n'}
          {stakes.retry}
        </code>
      </pre>
      <p>{stakes.more}</p>
    </section>
  );
}
