import { page, type PageProps } from '../../page';

export const how = page<null>({
  path: '/how',
  listed: true,
  load: async () => null,
  head: ({ words }) => words.how,
  Body: ({ words: { how: words }, facts: { language } }: PageProps<null>) => (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <section aria-labelledby="steps">
        <h2 id="steps">{words.steps.title}</h2>
        <ol class="cards numbered">
          {words.steps.items.map(({ title, text }) => (
            <li key={title}>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <div class="columns">
        <Points name="sure" title={words.sure.title} items={words.sure.items} />
        <Points name="unsure" title={words.unsure.title} items={words.unsure.items} />
      </div>
      <Points name="do" title={words.do.title} items={words.do.items} />
      <p class="actions">
        <a role="button" href={`/${language}/lotteries`}>
          {words.do.lotteries}
        </a>
        <a href="/verifier-key">{words.do.key}</a>
      </p>
    </>
  ),
});

function Points({ name, title, items }: { readonly name: string; readonly title: string; readonly items: string[] }) {
  return (
    <section aria-labelledby={name} class={`points ${name}`}>
      <h2 id={name}>{title}</h2>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}
