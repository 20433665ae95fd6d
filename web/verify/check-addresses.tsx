import { useEffect, useState } from 'preact/hooks';
import type { BelievedKeys } from './believed-keys';
import { Outcome, useVerification } from './outcome';
import type { Reader } from './reader';

interface CheckAddressesProps {
  /** Day of the lottery, YYYY-MM-DD. */
  readonly date: string;
  readonly keys: BelievedKeys;
  readonly startWorker: () => Worker;
  readonly reader: Reader;
  /** Whether it starts by itself, because the press that it waits for has brought its script here. */
  readonly pressed?: boolean;
}

/** A button that fetches the lottery of a day with its whole list and checks it. */
export function CheckAddresses({ date, keys, startWorker, reader, pressed = false }: CheckAddressesProps) {
  const { words } = reader;
  const hasKey = keys.keys.length > 0;
  const asked =
    hasKey && date !== ''
      ? { bundle: `/lotteries/${date}/bundle`, ballots: `/lotteries/${date}/ballots.txt`, keys: keys.keys }
      : null;
  const { run, start, stop } = useVerification(startWorker, asked);
  const isRunning = run.kind === 'starting' || run.kind === 'progress';
  const [isWanted, setIsWanted] = useState(false);
  const [lacking, setLacking] = useState<'day' | 'key' | null>(null);
  const isLacking = (lacking === 'day' && date === '') || (lacking === 'key' && !hasKey);
  const check = () => {
    if (isRunning) return;
    setLacking(date === '' ? 'day' : null);
    if (date === '') return;
    if (!hasKey && keys.answer === 'failed') keys.ask();
    setIsWanted(true);
  };
  useEffect(() => {
    if (pressed) check();
  }, []);
  // The press waits for the key.
  useEffect(() => {
    if (!isWanted || (!hasKey && keys.answer !== 'failed')) return;
    setIsWanted(false);
    if (asked === null) setLacking('key');
    else start();
  });
  return (
    <div class="verify-draw">
      <button type="button" aria-disabled={isRunning} onClick={check}>
        {run.kind === 'idle' ? words.run.check : words.run.again}
      </button>
      {isWanted && !hasKey && <p role="status">{words.key.asking}</p>}
      {isLacking && (
        <p class="fault" role="alert">
          {lacking === 'day' ? words.ofDay.missing : words.key.needed}
        </p>
      )}
      <Outcome run={run} stop={stop} reader={reader} />
    </div>
  );
}
