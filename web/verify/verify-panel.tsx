import { useState } from 'preact/hooks';
import { useBelievedKeys } from './believed-keys';
import { CheckAddresses } from './check-addresses';
import { CheckFiles } from './check-files';
import { KeyField } from './key-field';
import type { Reader } from './reader';

export interface VerifyPanelProps {
  readonly reader: Reader;
  /** The day to begin with, and the last that may be picked; empty while nothing has been drawn. */
  readonly date: string;
  readonly latest: string;
}

/** The key, and the two ways to check a draw: of a day, or from files. */
export function VerifyPanel({
  reader,
  date,
  latest,
  startWorker,
}: VerifyPanelProps & { readonly startWorker: () => Worker }) {
  const { words } = reader;
  const keys = useBelievedKeys('/verifier-key');
  const [day, setDay] = useState(date);
  return (
    <>
      <section aria-labelledby="key">
        <h2 id="key">{words.key.title}</h2>
        <p>{words.key.lead}</p>
        <KeyField keys={keys} reader={reader} />
      </section>
      <section aria-labelledby="of-day">
        <h2 id="of-day">{words.ofDay.title}</h2>
        <label>
          {words.ofDay.date}
          <input
            type="date"
            name="date"
            required
            max={latest}
            value={day}
            onInput={({ currentTarget }) => setDay(currentTarget.value)}
          />
        </label>
        <CheckAddresses date={day} keys={keys} startWorker={startWorker} reader={reader} />
      </section>
      <section aria-labelledby="of-files">
        <h2 id="of-files">{words.ofFiles.title}</h2>
        <p>{words.ofFiles.lead}</p>
        <CheckFiles keys={keys} startWorker={startWorker} reader={reader} />
      </section>
    </>
  );
}
