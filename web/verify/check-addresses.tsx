import { useEffect, useRef } from 'preact/hooks';
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
  const isAskable = keys.keys.length > 0 && date !== '';
  const asked = isAskable
    ? { bundle: `/lotteries/${date}/bundle`, ballots: `/lotteries/${date}/ballots.txt`, keys: keys.keys }
    : null;
  const { run, start, stop } = useVerification(startWorker, asked);
  const isRunning = run.kind === 'starting' || run.kind === 'progress';
  const isReady = isAskable && !isRunning;
  const check = () => {
    if (isReady) start();
  };
  const waits = useRef(pressed);
  useEffect(() => {
    if (!waits.current || !isReady) return;
    waits.current = false;
    check();
  });
  return (
    <div class="verify-draw">
      <button type="button" aria-disabled={isRunning} onClick={check}>
        {run.kind === 'idle' ? words.run.check : words.run.again}
      </button>
      <Outcome run={run} stop={stop} reader={reader} />
    </div>
  );
}
