import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BelievedKeys } from './believed-keys';
import { Outcome, useVerification } from './outcome';
import { fill, type Reader } from './reader';
import { type Part, recognise } from './recognise';

type Given = Partial<Record<Part, File>>;

interface CheckFilesProps {
  readonly keys: BelievedKeys;
  readonly startWorker: () => Worker;
  readonly reader: Reader;
  readonly children?: ComponentChildren;
}

/** A check of files that the person has: dropped or chosen in any order, told apart by their content. */
export function CheckFiles({ keys, startWorker, reader, children }: CheckFilesProps) {
  const { words } = reader;
  const [given, setGiven] = useState<Given>({});
  const [fault, setFault] = useState('');
  const { bundle, ...others } = given;
  const asked = bundle && keys.keys.length > 0 ? { bundle, ...others, keys: keys.keys } : null;
  const { run, start, stop } = useVerification(startWorker, asked);
  useEffect(() => {
    const hasHeld = run.kind === 'report' && run.report.valid && run.key === keys.seen;
    if (hasHeld && keys.keeping === 'to-keep') keys.accept();
  }, [run]);

  const take = async (files: FileList | null | undefined) => {
    stop();
    const taken: Given = {};
    let unknown = '';
    for (const file of files ?? []) {
      const part = await recognise(file).catch(() => null);
      if (part === null) unknown = fill(words.ofFiles.unknown, { name: file.name });
      else taken[part] = file;
    }
    setFault(unknown);
    setGiven((before) => ({ ...before, ...taken }));
  };
  const check = (event: Event) => {
    event.preventDefault();
    if (!bundle) return setFault(words.ofFiles.needBundle);
    if (keys.keys.length === 0) return setFault(words.key.missing);
    setFault('');
    start();
  };

  return (
    <form class="verify-files" onSubmit={check}>
      <DropField take={take} reader={reader} />
      <GivenFiles given={given} remove={(part) => setGiven((before) => without(before, part))} reader={reader} />
      {children}
      {fault !== '' && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <button type="submit">{words.ofFiles.check}</button>
      <Outcome run={run} stop={stop} reader={reader} />
    </form>
  );
}

interface DropFieldProps {
  readonly take: (files: FileList | null | undefined) => Promise<void>;
  readonly reader: Reader;
}

function DropField({ take, reader: { words } }: DropFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  // The person may have chosen before the page was alive.
  useEffect(() => {
    if (input.current?.files?.length) void take(input.current.files);
  }, []);
  return (
    <label
      class="drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files);
      }}
    >
      {words.ofFiles.drop}
      <input
        ref={input}
        type="file"
        name="files"
        multiple
        accept=".json,.txt,application/json,text/plain"
        onChange={({ currentTarget }) => {
          void take(currentTarget.files).then(() => (currentTarget.value = ''));
        }}
      />
    </label>
  );
}

interface GivenFilesProps {
  readonly given: Given;
  readonly remove: (part: Part) => void;
  readonly reader: Reader;
}

function GivenFiles({ given, remove, reader: { words } }: GivenFilesProps) {
  const parts = (['bundle', 'ballots', 'receipt', 'proof'] as const).filter((part) => given[part]);
  if (parts.length === 0) return null;
  return (
    <ul class="given">
      {parts.map((part) => (
        <li key={part}>
          <span>
            <strong>{words.ofFiles.parts[part]}</strong> {given[part]?.name}
          </span>
          <button
            type="button"
            class="secondary outline"
            aria-label={`${words.ofFiles.remove}: ${given[part]?.name}`}
            onClick={() => remove(part)}
          >
            {words.ofFiles.remove}
          </button>
        </li>
      ))}
    </ul>
  );
}

function without(given: Given, part: Part): Given {
  const kept = { ...given };
  delete kept[part];
  return kept;
}
