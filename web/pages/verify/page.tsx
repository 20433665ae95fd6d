import { Island } from '../../parts/island';
import { page, type PageProps } from '../../page';
import { readerOf } from '../../words/verifier-lines';
import { VerifyPanel, type VerifyPanelProps } from '../../verify/verify-panel';
import { load, type VerifyData } from './data';

/** SHA-256 of /verifier.html in hex: the build puts it in. */
declare const VERIFIER_SHA256: string;

export const verify = page<VerifyData>({
  path: '/verify',
  listed: true,
  load,
  head: ({ words }) => ({ title: words.verify.title, description: words.verify.lead }),
  Body: ({ data, words, facts }) => {
    const props: VerifyPanelProps = {
      reader: readerOf(facts.language, words),
      ...data,
    };
    return (
      <>
        <h1>{words.verify.title}</h1>
        <p>{words.verify.lead}</p>
        <noscript>
          <p>
            {words.verify.noScript} <a href="#without">{words.verify.without.program}</a>
          </p>
        </noscript>
        <Island of="pages/verify" props={props}>
          <VerifyPanel {...props} startWorker={onServer} />
        </Island>
        <Without words={words} data={data} facts={facts} />
      </>
    );
  },
});

function Without({ words: { verify }, data, facts }: PageProps<VerifyData>) {
  const { without } = verify;
  const draw = `${facts.publicUrl ?? ''}/lotteries/${data.date === '' ? verify.ofDay.placeholder : data.date}`;
  return (
    <section aria-labelledby="without">
      <h2 id="without">{without.title}</h2>
      <p>{without.lead}</p>
      <h3>
        <a href="/verifier.html" download="verifier.html">
          {without.file}
        </a>
      </h3>
      <p>
        {without.fileHow} <code class="sha256">{VERIFIER_SHA256}</code>
      </p>
      <p>
        <a href="/verifier.html">{without.open}</a>
      </p>
      <h3>{without.program}</h3>
      <p>{without.programHow}</p>
      <pre tabIndex={0}>
        {[
          `curl -o bundle.json ${draw}/bundle`,
          `curl -o ballots.txt ${draw}/ballots.txt`,
          `node verifier/verify.mjs bundle.json ballots.txt --key '${without.yourKey}'`,
          `python3 verifier/verify.py bundle.json ballots.txt --key '${without.yourKey}'`,
        ].join('\n')}
      </pre>
    </section>
  );
}

function onServer(): Worker {
  throw new Error('nothing is checked on the server');
}
