import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { verify as en } from '../words/en/verify';
import { verify as es } from '../words/es/verify';
import { verifierLines } from '../words/es/verifier-lines';
import { useBelievedKeys } from './believed-keys';
import { CheckFiles } from './check-files';
import { KeyField } from './key-field';
import type { Reader } from './reader';
import { workersFrom } from './script-worker';

/** The worker as one script: the build puts it in. */
declare const WORKER_SCRIPT: string;

const READERS: Record<string, Reader> = {
  en: { language: 'en', words: en, verifierLines: {} },
  es: { language: 'es', words: es, verifierLines },
};

const startWorker = workersFrom(`data:text/javascript;charset=utf-8,${encodeURIComponent(WORKER_SCRIPT)}`);

function SingleFile() {
  const [language, setLanguage] = useState(navigator.language.startsWith('es') ? 'es' : 'en');
  const reader = READERS[language]!;
  const { words } = reader;
  const keys = useBelievedKeys(undefined);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.title;
  }, [language]);
  const other = language === 'en' ? 'es' : 'en';
  return (
    <main>
      <button type="button" class="language" lang={other} onClick={() => setLanguage(other)}>
        {words.file.language}
      </button>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <p>{location.protocol === 'file:' ? words.file.saved : words.file.served}</p>
      <p>{words.file.offline}</p>
      <CheckFiles keys={keys} startWorker={startWorker} reader={reader}>
        <h2>{words.key.title}</h2>
        <p>{words.key.lead}</p>
        <KeyField keys={keys} reader={reader} />
      </CheckFiles>
    </main>
  );
}

render(<SingleFile />, document.body);
