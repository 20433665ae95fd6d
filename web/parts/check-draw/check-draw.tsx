import { useBelievedKeys } from '../../verify/believed-keys';
import { CheckAddresses } from '../../verify/check-addresses';
import { KeyNotice } from '../../verify/key-field';
import type { Reader } from '../../verify/reader';

export interface CheckDrawProps {
  /** Day of the lottery, YYYY-MM-DD. */
  readonly date: string;
  readonly reader: Reader;
}

/** "Check in this browser", for the lottery of a day: an island that comes with its press, and starts at once. */
export function CheckDraw({ date, reader, startWorker }: CheckDrawProps & { readonly startWorker: () => Worker }) {
  const keys = useBelievedKeys('/verifier-key');
  return (
    <>
      <KeyNotice keys={keys} reader={reader} />
      <CheckAddresses date={date} keys={keys} startWorker={startWorker} reader={reader} pressed />
    </>
  );
}
